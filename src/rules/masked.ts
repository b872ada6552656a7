/** Values that a logger has blacked out (guard G9): present, but unknown. Rules about values leave them alone. */

const WORDS = /^\W*(?:redacted|removed|masked|hidden|filtered|stripped|omitted|censored|secret)\W*$/i;

/** `***`, `xxxx`, `[redacted]`, `x.x.x.x`, `XX:XX:…` */
export function isMasked(value: string): boolean {
  if (value.length > 512) return false;
  return /\*\*|[…•█]/.test(value) || value === '*' || /^x(?:[.:]?x)+$/i.test(value) || WORDS.test(value);
}
