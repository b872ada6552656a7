/** A finished offer/answer: what it makes current, and how to take that back when a side refuses the answer. */
import { believe, correct } from './believe.ts';
import { winGlare } from './glare.ts';
import { commitGenerations, setCurrent } from './ice.ts';
import type { Description, IceGeneration, Round, Session, Side } from './model.ts';
import { sideOf } from './session.ts';

/** The answer ends the round: both descriptions are committed and both sides stable. */
export function commit(session: Session, round: Round, answer: Description): void {
  winGlare(session, round, answer.seq);
  const [offerer, answerer] = [sideOf(session, round.offerer), sideOf(session, answer.from)];
  commits.set(session, { round, before: [snapshot(offerer), snapshot(answerer)] });
  session.open.delete(round.offerer);
  close(round, answer);
  Object.assign(offerer, { currentLocal: round.offer, currentRemote: answer, ...NOTHING_PENDING });
  Object.assign(answerer, { currentLocal: answer, currentRemote: round.offer, ...NOTHING_PENDING });
  offerer.committed = offerer.committedOffer = round.offer;
  answerer.committed = answerer.committedAnswer = answer;
  commitGenerations(offerer, round.offer);
  commitGenerations(answerer, answer);
  believe(answerer, 'local', 'answer', `sent answer #${answer.number}`);
  believe(offerer, 'remote', 'answer', `received answer #${answer.number}`);
}

const NOTHING_PENDING = { pendingLocal: undefined, pendingRemote: undefined };

function close(round: Round, answer: Description): void {
  round.answer = answer;
  round.state = 'complete';
  round.endedBy = answer.seq;
  round.offer.status = 'committed';
  answer.status = 'committed';
  answer.round = round;
  for (const provisional of round.provisional) provisional.status = 'superseded';
}

/** A provisional answer: nothing is committed yet but the transport (rules B.3). */
export function commitProvisionally(session: Session, round: Round, answer: Description): void {
  winGlare(session, round, answer.seq);
  const [offerer, answerer] = [sideOf(session, round.offerer), sideOf(session, answer.from)];
  round.provisional.push(answer);
  answer.round = round;
  answer.status = 'open';
  answerer.pendingLocal = answer;
  offerer.pendingRemote = answer;
  commitGenerations(offerer, round.offer);
  commitGenerations(answerer, answer);
  believe(answerer, 'local', 'pranswer', `sent provisional answer #${answer.number}`);
  believe(offerer, 'remote', 'pranswer', `received provisional answer #${answer.number}`);
}

/** How two sides stood before the last commit of a session. */
interface Commit {
  readonly round: Round;
  readonly before: readonly Snapshot[];
}

interface Snapshot {
  readonly side: Side;
  readonly fields: Partial<Side>;
  readonly current: readonly IceGeneration[];
}

const commits = new WeakMap<Session, Commit>();

function snapshot(side: Side): Snapshot {
  const { currentLocal, currentRemote, pendingLocal, pendingRemote, committed, committedOffer, committedAnswer } = side;
  const fields = {
    currentLocal,
    currentRemote,
    pendingLocal,
    pendingRemote,
    committed,
    committedOffer,
    committedAnswer,
  };
  return { side, fields, current: [...side.currentGenerations] };
}

/** The newest finished round of a session, which can still be taken back. */
export function lastCommit(session: Session): Round | undefined {
  return commits.get(session)?.round;
}

/** Takes the last commit back: its answer was refused, so that what was current before still is. The round has failed. */
export function takeBack(session: Session, seq: number): void {
  const last = commits.get(session);
  if (last === undefined) return;
  commits.delete(session);
  last.round.state = 'failed';
  last.round.endedBy = seq;
  last.round.offer.status = 'unanswered';
  for (const { side, fields, current } of last.before) {
    for (const generation of side.currentGenerations) generation.state = 'new';
    Object.assign(side, fields);
    setCurrent(side, current);
  }
}

/** The offerer refused the answer: it still waits for one, while the answerer thinks all is settled. */
export function refuseAnswer(session: Session, round: Round, answer: Description, seq: number): void {
  if (lastCommit(session) !== round || round.answer !== answer) return;
  takeBack(session, seq);
  answer.status = 'rejected';
  correct(sideOf(session, round.offerer), 'have-local-offer', `refused answer #${answer.number}`);
}
