import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/sdp/change.ts';
import { diffLines } from '../../src/sdp/line-diff.ts';
import { splitLines } from '../../src/sdp/lines.ts';
import { diffText, rawDiffText } from '../../src/sinks/diff-text.ts';

const plain = { ascii: false, columns: 0 };
const before = splitLines('v=0\r\na=ice-ufrag:old\r\n');
const after = splitLines('v=0\r\na=ice-ufrag:n\u001b[31mew\r\n');

const change = (over: Partial<Change> = {}): Change => ({
  class: 'ice-restart',
  mid: null,
  path: 'ice',
  before: 'old',
  after: 'new',
  sentence: 'Restarts ICE.',
  lines: { before: [2], after: [2] },
  ...over,
});

describe('a change as text', () => {
  test('is its sentence, its class and its lines, fit for a terminal', () => {
    expect(diffText({ title: 'a → b', before, after, changes: [change()] }, plain)).toBe(
      [
        'a → b',
        '  • Restarts ICE. [ice-restart]',
        '    -    2 a=ice-ufrag:old',
        '    +    2 a=ice-ufrag:n\\x1b[31mew',
        '',
      ].join('\n'),
    );
  });

  test('takes its lines from the newer committed description where it says so', () => {
    const committed = splitLines('v=0\r\na=ice-ufrag:newest\r\n');
    const text = diffText({ title: '', before, committed, after, changes: [change({ beforeIn: 'committed' })] }, plain);
    expect(text).toContain('-    2 a=ice-ufrag:newest');
  });

  test('tells its consequences below it', () => {
    const folded = [change({ sentence: 'Candidates start anew.', class: 'candidates' })];
    expect(diffText({ title: '', before, after, changes: [change({ folded })] }, plain)).toMatch(
      /\n {6}• Candidates start anew\.\n$/,
    );
  });

  test('of hundreds of lines shows the first', () => {
    const many = Array.from({ length: 100 }, (_, index) => index + 1);
    const text = diffText(
      { title: '', before, after, changes: [change({ lines: { before: many, after: [] } })] },
      plain,
    );
    expect(text.split('\n').filter((line) => line.startsWith('    -'))).toHaveLength(12);
    expect(text).toContain('and 88 more lines');
  });

  test('keeps to ASCII where only that can be drawn', () => {
    expect(diffText({ title: 'a → b', before, after, changes: [change()] }, { ascii: true, columns: 0 })).toMatch(
      /^[\n\x20-\x7e]*$/,
    );
  });
});

describe('a raw diff', () => {
  const lines = (text: string) => text.split('');
  const raw = (a: string, b: string) => rawDiffText(['a', 'b'], diffLines(lines(a), lines(b)), plain);

  test('of equal texts is empty', () => {
    expect(raw('abc', 'abc')).toBe('');
  });

  test('has three lines of context and a hunk for each distant place', () => {
    expect(raw('Xbcdefghijklm', 'Ybcdefghijklm!')).toBe(
      [
        '--- a',
        '+++ b',
        '@@ -1,4 +1,4 @@',
        '-X',
        '+Y',
        ' b',
        ' c',
        ' d',
        '@@ -11,3 +11,4 @@',
        ' k',
        ' l',
        ' m',
        '+!',
        '',
      ].join('\n'),
    );
  });

  test('numbers an empty side as the line it would follow', () => {
    expect(raw('', 'ab')).toContain('@@ -0,0 +1,2 @@');
  });
});
