/** Two offers that crossed, and how it ended (rules B.4, RFC 9429 4.1.10.2, W3C perfect negotiation). */
import { believe } from './believe.ts';
import { voidGenerations } from './ice.ts';
import type { Glare, Round, Session } from './model.ts';
import { sideOf } from './session.ts';

/** The offer of `second` was sent before its sender can have dealt with `first`. */
export function beginGlare(session: Session, first: Round, second: Round): void {
  first.glareWith = second;
  second.glareWith = first;
  second.cause = 'glare';
  session.glares.push({ pc: session.pc, first, second, since: second.offer.seq, endedBy: undefined, outcome: 'open' });
}

/** Ends the crossing that a round is part of, if it is still open. */
export function endGlare(session: Session, round: Round, outcome: Glare['outcome'], seq: number): void {
  const glare = session.glares.at(-1);
  if (glare === undefined || glare.outcome !== 'open') return;
  if (glare.first !== round && glare.second !== round) return;
  glare.outcome = outcome;
  glare.endedBy = seq;
}

/**
 * A round won the crossing: its answerer has rolled its own offer back and is the polite one.
 * The lost credentials are void; its sender should offer the same change again (rule 119).
 */
export function winGlare(session: Session, winner: Round, seq: number): void {
  const loser = session.open.get(winner.answerer);
  if (loser === undefined || loser === winner) return;
  session.open.delete(loser.offerer);
  loser.state = 'rolled-back';
  loser.endedBy = seq;
  loser.offer.status = 'rolled-back';
  const [polite, impolite] = [sideOf(session, loser.offerer), sideOf(session, winner.offerer)];
  voidGenerations(polite, loser.offer);
  polite.politeness = 'polite';
  impolite.politeness = 'impolite';
  const glare = session.glares.at(-1);
  endGlare(session, winner, glare?.first === winner ? 'first-won' : 'second-won', seq);
  if (polite.pendingLocal === loser.offer) polite.pendingLocal = undefined;
  polite.pendingRemote = winner.offer;
  believe(polite, 'local', 'rollback', 'rolled its own offer back');
  believe(polite, 'remote', 'offer', 'took the other side’s offer instead of its own');
}
