/** Wire text made fit for a terminal: controls become visible, widths are counted in columns. */
import stringWidth from 'string-width';

/**
 * What must not reach a terminal as it is: controls (C0, DEL, C1), format characters (bidi overrides and isolates, zero
 * width, tags, soft hyphen, byte order mark), line and paragraph separators, lone surrogates, and letters without a glyph.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with every control or invisible character as an escape: `\n`, `\x1b`, `\u202e`, `\u{e0001}`. Linear time. */
export function printable(text: string): string {
  return PLAIN_ASCII.test(text) ? text : text.replace(UNPRINTABLE, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return SHORT[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** Terminal columns the text takes; colour codes count nothing. */
export function displayWidth(text: string): number {
  return PLAIN_ASCII.test(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text cut to at most `columns` columns, never inside a character; a cut ends with `ellipsis` (as much of it as fits).
 * The text must be printable and without colour codes.
 */
export function fit(text: string, columns: number, ellipsis = '…'): string {
  if (columns <= 0) return '';
  if (text.length <= columns && displayWidth(text) <= columns) return text;
  const room = columns - displayWidth(ellipsis);
  if (room < 0) return ellipsis.slice(0, columns);
  let width = 0;
  let keptAt = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    const end = width + displayWidth(segment);
    if (end > columns) return text.slice(0, keptAt) + ellipsis;
    if (end <= room) keptAt = index + segment.length;
    width = end;
  }
  return text;
}
