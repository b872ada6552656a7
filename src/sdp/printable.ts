/** Wire text inside our own sentences: controls and invisible characters become escapes, long values are shortened. */

/** Controls, format characters (bidi, zero width, tags), separators, lone surrogates and letters without a glyph. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text made printable and cut to at most `max` characters, the last of them `…` if it was cut. */
export function visible(text: string, max = 60): string {
  const head = text.slice(0, max + 1);
  const safe = PLAIN_ASCII.test(head) ? head : head.replace(UNPRINTABLE, escaped);
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
