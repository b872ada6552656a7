/** Physical lines: splitting that loses nothing and joining that restores the input byte for byte. */
import type { SdpLine } from './sdp.ts';

/**
 * Splits a text at CRLF, LF and bare CR. A final line without a line end has `eol: ''`; the empty text has no lines.
 * `joinLines(splitLines(text)) === text` for every text.
 */
export function splitLines(text: string): SdpLine[] {
  const lines: SdpLine[] = [];
  // Equal lines share one string: an SFU writes the same codecs into hundreds of sections.
  const texts = new Map<string, string>();
  const push = (start: number, end: number, eol: SdpLine['eol']): void => {
    const slice = text.slice(start, end);
    const known = texts.get(slice);
    if (known === undefined) texts.set(slice, slice);
    lines.push({ number: lines.length + 1, text: known ?? slice, eol });
  };
  let start = 0;
  let cr = next(text, '\r', 0);
  while (start < text.length) {
    const lf = next(text, '\n', start);
    for (; cr < lf - 1; cr = next(text, '\r', start)) {
      push(start, cr, '\r');
      start = cr + 1;
    }
    if (cr === lf - 1) {
      push(start, cr, lf < text.length ? '\r\n' : '\r');
      cr = next(text, '\r', lf);
    } else if (lf < text.length) push(start, lf, '\n');
    else if (start < lf) push(start, lf, '');
    start = lf + 1;
  }
  return lines;
}

/** Where the character stands next; behind the end if nowhere. */
function next(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}

/** The text the lines were split from. */
export function joinLines(lines: readonly SdpLine[]): string {
  let text = '';
  for (const line of lines) text += line.text + line.eol;
  return text;
}
