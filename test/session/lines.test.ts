import { expect, it } from 'vitest';
import { isObject, jsonLines } from '../../src/session/lines.ts';

it('numbers lines from 1, blank ones counted but not given', () => {
  expect([...jsonLines('\ufeff{"a":1}\r\n\n \n{"b":2}\n')].map(({ number, text }) => [number, text])).toEqual([
    [1, '{"a":1}'],
    [4, '{"b":2}'],
  ]);
});

it('reads objects, and nothing else', () => {
  expect([...jsonLines('{"a":1}\n[1]\nnull\n"x"\n{"a"')].map(({ object }) => object)).toEqual([
    { a: 1 },
    ...Array.from({ length: 4 }, () => undefined),
  ]);
});

it('marks the line that may have been cut', () => {
  expect([...jsonLines('{}\n{')].map(({ last }) => last)).toEqual([false, true]);
  expect([...jsonLines('{}\n')].map(({ last }) => last)).toEqual([false]);
});

it.each([
  [{}, true],
  [[], false],
  [null, false],
  ['x', false],
])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});
