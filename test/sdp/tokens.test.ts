import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, words } from '../../src/sdp/tokens.ts';

describe('decimal', () => {
  it.each([
    ['0', 0],
    ['0042', 42],
    ['999999999999999', 999999999999999],
  ])('reads %s', (text, expected) => {
    expect(decimal(text)).toBe(expected);
  });

  it.each(['', ' 1', '1 ', '-1', '+1', '1.5', '1e3', '0x1', '٣', '1234567890123456', undefined])(
    'refuses %j',
    (text) => {
      expect(decimal(text)).toBeUndefined();
    },
  );

  it('reads every number a double holds exactly in 15 digits', () => {
    fc.assert(fc.property(fc.nat({ max: 999_999_999_999_999 }), (n) => decimal(String(n)) === n));
  });
});

it.each([
  ['a b', ['a', 'b']],
  ['  a \t b ', ['a', 'b']],
  ['a\tb', ['a', 'b']],
  ['', []],
  [' ', []],
])('words of %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});
