import { expect, test } from 'vitest';
import { Numbers } from '../../src/core/numbers.ts';

test('keeps very many numbers in order, and finds one that is there', () => {
  const numbers = new Numbers();
  expect([numbers.length, numbers.at(0), numbers.placeOf(0)]).toEqual([0, undefined, undefined]);
  for (let at = 0; at < 1000; at += 1) numbers.push(at * 3);
  expect(numbers.length).toBe(1000);
  expect([numbers.at(0), numbers.at(999), numbers.at(1000), numbers.at(-1)]).toEqual([0, 2997, undefined, undefined]);
  expect([0, 2997, 300].map((number) => numbers.placeOf(number))).toEqual([0, 999, 100]);
  expect([-1, 1, 2998].map((number) => numbers.placeOf(number))).toEqual([undefined, undefined, undefined]);
});
