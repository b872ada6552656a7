import { expect, test } from 'vitest';
import { endsOf, hasFailed, lastSettled } from '../../src/rules/ends.ts';
import { a, anAnswer, anOffer, b, candidateOf } from '../../src/rules/example.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear } from './conversation.ts';

function sessionOf(...lines: TranscriptLine[]) {
  const [session] = [...hear(lines).model.sessions.values()];
  if (!session) throw new Error('no session');
  return session;
}

test('there are no ends before the answer, nor after goodbye', () => {
  expect(endsOf(sessionOf(a.offers(anOffer())))).toBeUndefined();
  expect(endsOf(sessionOf(a.offers(anOffer()), b.answers(anAnswer()), a.leaves()))).toBeUndefined();
});

test('each end has its generation in use and what was gathered for it', () => {
  const session = sessionOf(a.offers(anOffer()), a.sends(candidateOf('a')), b.answers(anAnswer()));
  const ends = endsOf(session);
  expect(ends?.map(({ side, generation, gathered }) => [side.party, generation.ufrag, gathered.total])).toEqual([
    ['a', 'aUf1', 1],
    ['b', 'bUf1', 0],
  ]);
  expect(ends?.some(({ side }) => hasFailed(side))).toBe(false);
});

test('the last settled round is the newest one with an answer', () => {
  const { rounds } = sessionOf(
    a.offers(anOffer()),
    b.answers(anAnswer()),
    a.offers(anOffer(undefined, { version: 3 })),
  );
  expect(lastSettled(rounds)?.number).toBe(1);
  expect(lastSettled([])).toBeUndefined();
});

test('a side whose engine says so has failed', () => {
  const session = sessionOf(a.offers(anOffer()), b.answers(anAnswer()));
  const side = session.sides.get('a');
  if (!side) throw new Error('no side');
  expect(hasFailed({ ...side, actual: { ice: 'failed' } })).toBe(true);
});
