import { expect, test } from 'vitest';
import { a, anOffer, candidateOf } from '../../src/rules/example.ts';
import { firstOf } from '../../src/rules/first-of.ts';
import { hear } from './conversation.ts';

test('the first candidate of a key is the first however often it is asked', () => {
  const { model } = hear([a.offers(anOffer()), a.sends(candidateOf('a')), a.sends(candidateOf('a', { port: 50001 }))]);
  const [one, two] = model.gathered.all;
  if (!one || !two) throw new Error('no candidates');
  const owner = {};
  expect([firstOf(owner, 'x', one), firstOf(owner, 'x', two), firstOf(owner, 'x', one)]).toEqual([true, false, true]);
  expect(firstOf(owner, 'y', two)).toBe(true);
  expect(firstOf({}, 'x', two)).toBe(true);
});
