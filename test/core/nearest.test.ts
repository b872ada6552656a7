import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

test.each([
  ['offr', 'offer'],
  ['ANSWR', 'answer'],
  ['offre', 'offer'],
  ['asnwer', 'answer'],
  ['zebra', undefined],
  ['', undefined],
])('%s may mean %s', (word, meant) => {
  expect(nearest(word, ['offer', 'answer', 'candidate'])).toBe(meant);
});
