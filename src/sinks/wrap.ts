/** Text broken into lines. */
import { displayWidth } from '../core/text.ts';

/**
 * Breaks at spaces, with `indent` before all lines but the first; a word longer than the width stands alone and is not
 * broken, so that it can be copied. Leading spaces stay.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const [, lead = '', body = ''] = /^( *)(.*)$/s.exec(text) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of body.split(' ')) {
    const start = lines.length === 0 ? lead : indent;
    if (line === '') line = start + word;
    else if (displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = indent + word;
    } else line = `${line} ${word}`;
  }
  return [...lines, line];
}
