/** How many ICE restarts a session has seen, in constant time per round, amortised: it may restart for days. */
import type { Round, Session } from '../core/model.ts';

/** Of each round that was asked about those up to it: what a round is for is settled when its offer has come. */
const counted = new WeakMap<Round, number>();

/** ICE restarts among the rounds whose offer is not later than event `seq`. */
export function restartsUntil({ rounds }: Session, seq: number): number {
  const last = rounds.findLastIndex(({ offer }) => offer.seq <= seq);
  const first = rounds.findLastIndex((round, index) => index <= last && counted.has(round));
  let count = counted.get(rounds[first] as Round) ?? 0;
  for (const round of rounds.slice(first + 1, last + 1)) {
    if (round.cause === 'ice-restart') count += 1;
    counted.set(round, count);
  }
  return count;
}
