/** Physical lines: splitting that loses nothing and joining that restores the input byte for byte. */
import type { SdpLine } from './sdp.ts';

const LF = 10;
const CR = 13;

/**
 * Splits a text at CRLF, LF and bare CR. A final line without a line end has `eol: ''`; the empty text has no lines.
 * `joinLines(splitLines(text)) === text` for every text.
 */
export function splitLines(text: string): SdpLine[] {
  const lines: SdpLine[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code !== LF && code !== CR) continue;
    const eol = code === LF ? '\n' : text.charCodeAt(i + 1) === LF ? '\r\n' : '\r';
    lines.push({ number: lines.length + 1, text: text.slice(start, i), eol });
    i += eol.length - 1;
    start = i + 1;
  }
  if (start < text.length) lines.push({ number: lines.length + 1, text: text.slice(start), eol: '' });
  return lines;
}

/** The text the lines were split from. */
export function joinLines(lines: readonly SdpLine[]): string {
  let text = '';
  for (const line of lines) text += line.text + line.eol;
  return text;
}
