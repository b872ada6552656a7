/** Small edits of a real description by line number, and changes as one line of text each. */
import type { Change } from '../../../src/sdp/change.ts';
import { type DiffOptions, diffSdp } from '../../../src/sdp/diff.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { fixture } from '../fixtures.ts';

/** Works on the lines of the original: numbers do not move while edits are applied. */
export type Edit = (lines: string[]) => void;

/** What a line becomes to be left out. */
export const GONE = '\0';

/** Line `number` (from 1) becomes these lines; none deletes it. */
export const put =
  (number: number, ...texts: string[]): Edit =>
  (lines) => {
    lines[number - 1] = texts.length === 0 ? GONE : texts.join('\r\n');
  };

/** These lines follow line `number`. */
export const add =
  (number: number, ...texts: string[]): Edit =>
  (lines) => {
    lines[number - 1] = [lines[number - 1] ?? '', ...texts].join('\r\n');
  };

/** Every occurrence of `from`. */
export const swap =
  (from: string | RegExp, to: string): Edit =>
  (lines) => {
    lines.forEach((line, index) => {
      lines[index] = typeof from === 'string' ? line.replaceAll(from, to) : line.replace(from, to);
    });
  };

/** Lines `from` to `to` go away. */
export const cut =
  (from: number, to: number): Edit =>
  (lines) => {
    lines.fill(GONE, from - 1, to);
  };

export function edited(text: string, ...edits: readonly Edit[]): string {
  const lines = text.split('\r\n');
  for (const edit of edits) edit(lines);
  return lines.filter((line) => line !== GONE).join('\r\n');
}

/** The changes which the edits make to a fixture, told. */
export function changes(name: string, edits: readonly Edit[], options: DiffOptions = {}): string[] {
  const text = fixture(name);
  return told(diffSdp(parseSdp(text), parseSdp(edited(text, ...edits)), options));
}

/** `class mid lines before>lines after sentence`; what is folded follows, marked with ~. */
export function told(all: readonly Change[], indent = ''): string[] {
  return all.flatMap((change) => {
    const lines = `${change.lines.before.join(',')}>${change.lines.after.join(',')}`;
    const line = `${indent}${change.class} ${change.mid ?? '-'} ${lines} ${change.sentence}`;
    return [line, ...told(change.folded ?? [], `${indent}~ `)];
  });
}
