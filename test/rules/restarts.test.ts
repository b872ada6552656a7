/** Restarts are counted in order, and no round twice. */
import { expect, it } from 'vitest';
import type { Round, Session } from '../../src/core/model.ts';
import { restartsUntil } from '../../src/rules/restarts.ts';

/** A session with these rounds, each opened at the event of its place, from 1; and how often one was looked at. */
function sessionOf(causes: readonly Round['cause'][]) {
  let looks = 0;
  const rounds = causes.map((cause, i) => ({
    offer: { seq: i + 1 },
    get cause() {
      looks += 1;
      return cause;
    },
  }));
  return { session: { rounds } as unknown as Session, looks: () => looks };
}

it('counts restarts up to an event', () => {
  const { session } = sessionOf(['first', 'ice-restart', 'renegotiation', 'ice-restart']);
  expect([4, 1, 2, 3, 9, 0].map((seq) => restartsUntil(session, seq))).toEqual([2, 0, 1, 1, 2, 0]);
});

it('looks at each round once, however long the session is', () => {
  const { session, looks } = sessionOf(Array.from({ length: 1000 }, () => 'ice-restart'));
  const counts = session.rounds.map(({ offer }) => restartsUntil(session, offer.seq));
  expect(counts.at(-1)).toBe(1000);
  expect(looks()).toBe(1000);
});
