/** What those have in common that change code on its way into the program: they fail where it is no longer as they know it. */

/** `value`, which is there. */
export function found(value, what) {
  if (value == null) throw new Error(`.ci/bundle.js does not find ${what}: it was changed`);
  return value;
}

/** Replaces each of these; the build fails where one is not there, as after an update of the package it is in. */
export function changed(code, replacements) {
  return replacements.reduce((text, [from, to]) => {
    const made = text.replace(from, to);
    found(made !== text || undefined, from);
    return made;
  }, code);
}
