import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWords, pairLines } from '../../src/sdp/word-diff.ts';

const shown = (side: readonly { text: string; changed: boolean }[]) =>
  side.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

test.each([
  ['a=ice-ufrag:abcd', 'a=ice-ufrag:efgh', 'a=ice-ufrag:[abcd]', 'a=ice-ufrag:[efgh]'],
  ['m=audio 9 X 111 63', 'm=audio 9 X 111 9 63', 'm=audio 9 X 111 63', 'm=audio 9 X 111 [9 ]63'],
  ['a=sendrecv', 'a=recvonly', '[a=sendrecv]', '[a=recvonly]'],
  ['same', 'same', 'same', 'same'],
])('%s becomes %s', (before, after, left, right) => {
  const { before: a, after: b } = diffWords(before, after);
  expect([shown(a), shown(b)]).toEqual([left, right]);
});

test('pieces joined are the lines again', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
      const words = diffWords(before, after);
      expect(words.before.map(({ text }) => text).join('')).toBe(before);
      expect(words.after.map(({ text }) => text).join('')).toBe(after);
    }),
  );
});

test('lines about the same thing are paired, in order', () => {
  expect(pairLines(['a=mid:0', 'a=setup:actpass'], ['a=sendrecv', 'a=setup:active', 'a=mid:1'])).toEqual([[0, 2]]);
  expect(pairLines(['a=fmtp:96 x', 'a=fmtp:97 y'], ['a=fmtp:98 z', 'a=fmtp:99 w'])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('pairs do not cross, and what has no partner is skipped', () => {
  expect(pairLines(['a=mid:0', 'a=setup:x', 'a=mid:1'], ['a=mid:5', 'a=mid:6', 'a=setup:y'])).toEqual([
    [0, 0],
    [1, 2],
  ]);
});
