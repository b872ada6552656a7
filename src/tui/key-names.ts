/** How keys are called: by the keymap, by people, in config files. */

const SHOWN: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Del',
};

/** The key's name as people write it: `Ctrl-C`, `PgUp`, `g`. */
export function shownKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+(.)$/, (_all, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

const BY_SHOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(SHOWN).flatMap(([key, shown]) => [
    [key, key],
    [shown.toLowerCase(), key],
  ]),
);

/** The keymap's name for what somebody wrote: a character as it is, `Ctrl-E`, `ctrl+e`, `Enter`, `PgUp`; undefined if there is none. */
export function keyNamed(written: string): string | undefined {
  if ([...written].length === 1) return written;
  const name = written.toLowerCase();
  const [, letter] = /^ctrl[+-]([a-z])$/.exec(name) ?? [];
  return letter === undefined ? BY_SHOWN.get(name) : `ctrl+${letter}`;
}
