/** Wire text fit for a terminal and for our own sentences: controls and invisible characters become escapes. */

/** Latin letters, dashes and quotes, arrows, lines and shapes: one column each, and none joins with its neighbour. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u22ff\u2500-\u25fa\u2713\u2717]*$/;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Whether every character of the text is known, without looking it up, to take one column and to stand for itself. */
export function isNarrow(text: string): boolean {
  return NARROW.test(text);
}

/** The text with every control or invisible character as an escape: `\n`, `\x1b`, `\u202e`, `\u{e0001}`. Linear time. */
export function printable(text: string): string {
  return isNarrow(text) ? text : withEscapes(text);
}

/**
 * What must not reach a terminal as it is: controls (C0, DEL, C1), format characters (bidi overrides and isolates, zero
 * width, tags, soft hyphen, byte order mark), line and paragraph separators, lone surrogates, and letters without a glyph.
 * The expression stands in the function since making it takes milliseconds, which most commands can do without.
 */
function withEscapes(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu, escaped);
}

/** The text made printable and cut to at most `max` characters, the last of them `…` if it was cut. */
export function visible(text: string, max = 60): string {
  const safe = printable(text.slice(0, max + 1));
  return safe.length <= max && text.length <= max
    ? safe
    : `${safe.slice(0, Math.max(0, max - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return SHORT[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
