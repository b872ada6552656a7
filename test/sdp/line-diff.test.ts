import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffLines } from '../../src/sdp/line-diff.ts';

const shown = (before: string, after: string) =>
  diffLines([...before], [...after])
    .map(({ op, text }) => ({ same: text, removed: `-${text}`, added: `+${text}` })[op])
    .join(' ');

describe('the lines of two texts', () => {
  test.each([
    ['equal', 'abc', 'abc', 'a b c'],
    ['one added', 'ac', 'abc', 'a +b c'],
    ['one removed', 'abc', 'ac', 'a -b c'],
    ['one replaced: removed first', 'abc', 'axc', 'a -b +x c'],
    ['two places', 'abcdef', 'aXcdYf', 'a -b +X c d -e +Y f'],
    ['moved', 'abcd', 'bcda', '-a b c d +a'],
    ['nothing before', '', 'ab', '+a +b'],
    ['nothing after', 'ab', '', '-a -b'],
  ])('%s', (_, before, after, expected) => {
    expect(shown(before, after)).toBe(expected);
  });

  test('numbers count on each side by itself', () => {
    expect(diffLines(['a', 'b'], ['b', 'c']).map((edit) => [edit.before, edit.after])).toEqual([
      [1, undefined],
      [2, 1],
      [undefined, 2],
    ]);
  });
});

const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });

test('both texts can be read off the edits, in order and with right numbers', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const edits = diffLines(before, after);
      expect(edits.filter((edit) => edit.op !== 'added').map((edit) => edit.text)).toEqual(before);
      expect(edits.filter((edit) => edit.op !== 'removed').map((edit) => edit.text)).toEqual(after);
      for (const { before: n, after: m, text } of edits) {
        if (n !== undefined) expect(before[n - 1]).toBe(text);
        if (m !== undefined) expect(after[m - 1]).toBe(text);
      }
    }),
  );
});

test('no shorter list of edits exists', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const edits = diffLines(before, after).filter((edit) => edit.op !== 'same').length;
      expect(edits).toBe(before.length + after.length - 2 * longestCommon(before, after));
    }),
  );
});

/** Length of the longest common subsequence, the slow and obvious way. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row: number[] = new Array(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (const [j, y] of b.entries()) next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('two huge texts with nothing in common end soon', () => {
  const text = (letter: string) => Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`);
  expect(diffLines(text('a'), text('b'))).toHaveLength(40_000);
});
