/** Offer/answer rounds: what each description, rollback, refusal and goodbye does to them (rules B.3). */
import { believe, correct } from './believe.ts';
import { commit, commitProvisionally, lastCommit, refuseAnswer, takeBack } from './commit.ts';
import { type Described, recordDescription } from './description.ts';
import type { Millis, PartyId, PcId, SignalEvent } from './event.ts';
import { beginGlare, endGlare, winGlare } from './glare.ts';
import { openGenerations, voidGenerations } from './ice.ts';
import type { Description, Model, Round, RoundCause, Session } from './model.ts';
import { answerFits, type Outline, outlineOf, restartsIce, scanOutline } from './outline.ts';
import { forgetClosed, type Origin, openSession, originOf, sessionOf, sideOf } from './session.ts';

/** How far a candidate may be ahead of its description before the capture must have begun later (guard G10). */
export const GRACE: Millis = 5_000;
/** After this long an offer counts as unanswered and no longer as material for glare (rules B.3). */
const PATIENCE: Millis = 60_000;
/** How many older offers of a session an answer that does not fit is tried against. */
const OLDER_OFFERS = 32;

/** A description was sent. Undefined for what a party sends itself: that says nothing about a peer connection. */
export function receiveDescription(
  model: Model,
  event: SignalEvent,
  signal: Described & { readonly pc: PcId },
): Description | undefined {
  if (event.from === event.to) return undefined;
  const outline = scanOutline(signal.sdp);
  const [session, origin] = placeOf(model, event, signal, outline);
  judgeCompleteness(session, event, signal);
  const description = recordDescription(model.events, session, event, signal, outline);
  if (!outline.readable) session.partial = true;
  if (description.reflects !== undefined) return description;
  if (signal.type === 'offer') receiveOffer(session, description, origin);
  else receiveAnswer(session, description);
  return description;
}

/** The session a description belongs to. An offer under an id that is closed, or that starts from scratch, opens a new one. */
function placeOf(
  model: Model,
  event: SignalEvent,
  signal: Described & { readonly pc: PcId },
  outline: Outline,
): [Session, Origin] {
  const session = sessionOf(model, signal.pc);
  if (signal.type !== 'offer') return [session, 'same'];
  if (session.closedBy !== undefined) return [openSession(model, signal.pc), 'same'];
  const origin = originOf(session, event.from, outline);
  if (origin !== 'new-session') return [session, origin];
  closeSession(model, session, event.seq, 'replaced by a new peer connection');
  return [openSession(model, signal.pc), origin];
}

/** A first description that is no offer, or candidates long before it: the capture began in the middle (guard G8). */
function judgeCompleteness(session: Session, event: SignalEvent, { type }: Described): void {
  if (session.descriptions.length > 0) return;
  const first = session.candidates[0];
  if (type !== 'offer' || (first !== undefined && event.t - first.t > GRACE)) session.partial = true;
}

function receiveOffer(session: Session, offer: Description, origin: Origin): void {
  const own = session.open.get(offer.from);
  if (own !== undefined && offer.repeats === own.offer) {
    offer.round = own;
    return;
  }
  const side = sideOf(session, offer.from);
  side.lastOffer = offer;
  openGenerations(side, offer);
  if (own !== undefined) supersede(session, own, offer);
  const theirs = session.open.get(offer.to);
  const round = openRound(session, offer, causeOf(offer, origin));
  side.pendingLocal = offer;
  if (theirs !== undefined && offer.t - theirs.offer.t > PATIENCE) expire(session, theirs, offer.seq);
  else if (theirs !== undefined) {
    beginGlare(session, theirs, round);
    correct(side, 'have-local-offer', `sent offer #${offer.number} while offer #${theirs.offer.number} was open`);
    return;
  }
  const other = sideOf(session, offer.to);
  other.pendingRemote = offer;
  if (side.signaling === 'stable') believe(side, 'local', 'offer', `sent offer #${offer.number}`);
  else correct(side, 'have-local-offer', `sent offer #${offer.number} instead of what was pending`);
  believe(other, 'remote', 'offer', `received offer #${offer.number}`);
}

function openRound(session: Session, offer: Description, cause: RoundCause): Round {
  const round: Round = {
    pc: session.pc,
    number: session.rounds.length + 1,
    cause,
    offer,
    answer: undefined,
    provisional: [],
    offerer: offer.from,
    answerer: offer.to,
    state: 'open',
    glareWith: undefined,
    endedBy: undefined,
  };
  offer.round = round;
  offer.status = 'open';
  session.rounds.push(round);
  session.open.set(offer.from, round);
  return round;
}

function causeOf(offer: Description, origin: Origin): RoundCause {
  if (origin !== 'same') return 'new-pc';
  if (offer.base === undefined) return 'first';
  return restartsIce(outlineOf(offer.base.transport), outlineOf(offer)) ? 'ice-restart' : 'renegotiation';
}

/** The same side offers again before its offer was answered (rule 116). */
function supersede(session: Session, round: Round, by: Description): void {
  round.state = 'superseded';
  round.offer.status = 'superseded';
  round.endedBy = by.seq;
  endGlare(session, round, 'retried', by.seq);
  voidGenerations(sideOf(session, round.offerer), round.offer, by);
}

/** Nobody answered in time: the counter-offer is no glare. */
function expire(session: Session, round: Round, seq: number): void {
  abandon(session, round, seq);
  const side = sideOf(session, round.offerer);
  if (side.signaling === 'have-local-offer') believe(side, 'local', 'rollback', 'gave its unanswered offer up');
  correct(sideOf(session, round.answerer), 'stable', 'never answered');
}

function abandon(session: Session, round: Round, seq: number): void {
  session.open.delete(round.offerer);
  round.state = 'failed';
  round.offer.status = 'unanswered';
  round.endedBy = seq;
  endGlare(session, round, 'closed', seq);
  const answerer = sideOf(session, round.answerer);
  if (answerer.pendingRemote === round.offer) answerer.pendingRemote = undefined;
  voidGenerations(sideOf(session, round.offerer), round.offer);
}

function receiveAnswer(session: Session, answer: Description): void {
  const side = sideOf(session, answer.from);
  side.lastAnswer = answer;
  openGenerations(side, answer);
  if (session.closedBy !== undefined) return;
  const round = offerFor(session, answer);
  if (round?.state === 'open') {
    if (answer.type === 'answer') commit(session, round, answer);
    else commitProvisionally(session, round, answer);
    return;
  }
  answer.round = round;
  if (round !== undefined) noticeBothAnswered(session, round, answer);
}

/** The offer an answer belongs to: the open one if its sections fit, else an older one that fits, else the open one. */
function offerFor(session: Session, answer: Description): Round | undefined {
  const open = session.open.get(answer.to);
  const outline = outlineOf(answer);
  if (open !== undefined && answerFits(outlineOf(open.offer), outline)) return open;
  if (open === undefined && answer.repeats !== undefined) return answer.repeats.round;
  const older = session.rounds.slice(-OLDER_OFFERS).reverse();
  const fitting = older.find(
    (round) =>
      round.offerer === answer.to &&
      (round.state === 'superseded' || round.state === 'rolled-back') &&
      answerFits(outlineOf(round.offer), outline),
  );
  return fitting ?? open;
}

/** After glare each side answered the other's offer: both had rolled back, so nothing was agreed (rule 118b). */
function noticeBothAnswered(session: Session, lost: Round, answer: Description): void {
  const won = lost.glareWith;
  const glare = session.glares.at(-1);
  if (won === undefined || lost.state !== 'rolled-back' || won.answer?.from !== lost.offerer) return;
  if (glare === undefined || (glare.first !== lost && glare.second !== lost)) return;
  if (answer.repeats !== undefined || lastCommit(session) !== won) return;
  takeBack(session, answer.seq);
  glare.outcome = 'both-answered';
  glare.endedBy = answer.seq;
  for (const party of [lost.offerer, won.offerer]) {
    const side = sideOf(session, party);
    side.politeness = 'polite';
    correct(side, 'stable', 'rolled its own offer back and answered the other one, as did the other side');
  }
}

/**
 * A party rolled back, as a message or in its engine: its own open offer; without one it refuses the other side's.
 * In glare its own offer has lost.
 */
export function rollBack(session: Session, party: PartyId, seq: number): void {
  const own = session.open.get(party);
  if (own?.glareWith !== undefined && session.open.get(own.answerer) === own.glareWith) {
    winGlare(session, own.glareWith, seq);
    return;
  }
  const round = own ?? pendingFor(session, party);
  if (round === undefined) return;
  session.open.delete(round.offerer);
  round.state = 'rolled-back';
  round.offer.status = 'rolled-back';
  round.endedBy = seq;
  voidGenerations(sideOf(session, round.offerer), round.offer);
  for (const name of [round.offerer, round.answerer]) {
    const side = sideOf(session, name);
    side.pendingLocal = side.pendingRemote = undefined;
    correct(side, 'stable', `offer #${round.offer.number} was rolled back`);
  }
}

/** The open offer that a party has received and not answered yet. */
function pendingFor(session: Session, party: PartyId): Round | undefined {
  const round = session.sides.get(party)?.pendingRemote?.round;
  return round?.answerer === party && round.state === 'open' ? round : undefined;
}

/** The party's engine took the other side's offer: an own open offer was rolled back by that (implicit rollback). */
export function acceptOffer(session: Session, party: PartyId, seq: number): void {
  const theirs = session.open.get(party)?.glareWith;
  if (theirs !== undefined && session.open.get(theirs.offerer) === theirs) winGlare(session, theirs, seq);
}

/** The party's engine refused a description of the other side: what was believed about it is taken back. */
export function refuseDescription(session: Session, party: PartyId, description: Description, seq: number): void {
  const { round } = description;
  if (round === undefined) return;
  if (description.type !== 'offer') {
    refuseAnswer(session, round, description, seq);
    return;
  }
  if (round.state !== 'open' || round.offer !== description) return;
  abandon(session, round, seq);
  description.status = 'rejected';
  const waiting = session.open.has(party);
  correct(sideOf(session, party), waiting ? 'have-local-offer' : 'stable', `refused offer #${description.number}`);
  sideOf(session, round.offerer).reason = `offer #${description.number} was refused`;
}

/** The session is over. Offers still open stay unanswered. */
export function closeSession(model: Model, session: Session, seq: number, reason: string): void {
  if (session.closedBy !== undefined) return;
  session.closedBy = seq;
  model.ended.push(session);
  forgetClosed(model);
  for (const round of [...session.open.values()]) abandon(session, round, seq);
  for (const side of session.sides.values()) correct(side, 'closed', reason);
}
