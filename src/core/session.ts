/** The book of one session: how it begins, who its sides are, and when its id is used again for other peer connections. */
import type { PartyId, PcId } from './event.ts';
import { park } from './ice.ts';
import type { Description, Model, Session, Side } from './model.ts';
import { continues, type Outline, otherPeerConnection, outlineOf } from './outline.ts';

/** The session that a signal's id means now, opened at first use. */
export function sessionOf(model: Model, id: PcId): Session {
  return model.current.get(id) ?? openSession(model, id);
}

/** A fresh session under an id; from the second on its name carries `#2`, `#3`, … */
export function openSession(model: Model, id: PcId): Session {
  let epoch = (model.current.get(id)?.epoch ?? 0) + 1;
  while (model.sessions.has(id + ending(epoch))) epoch += 1;
  return begin(model, id, id + ending(epoch), epoch);
}

const ending = (epoch: number): string => (epoch === 1 ? '' : `#${epoch}`);

/** The id in signals that a session was opened under. */
export function idOf({ pc, epoch }: Session): PcId {
  return pc.slice(0, pc.length - ending(epoch).length);
}

/** All sessions that were opened under an id and are remembered, in order. */
export function sessionsUnder({ sessions, current }: Model, id: PcId): readonly Session[] {
  const epochs = Array.from({ length: current.get(id)?.epoch ?? 0 }, (_, index) => index + 1);
  return epochs.flatMap((epoch) => sessions.get(id + ending(epoch)) ?? []);
}

function begin(model: Model, id: PcId, pc: PcId, epoch: number): Session {
  const session: Session = {
    pc,
    epoch,
    sides: new Map(),
    descriptions: [],
    offers: 0,
    answers: 0,
    rounds: [],
    open: new Map(),
    candidates: [],
    glares: [],
    partial: false,
    closedBy: undefined,
  };
  const former = model.current.get(id);
  model.sessions.set(pc, session);
  model.current.set(id, session);
  model.alive.push(session);
  model.newest = session;
  if (former?.closedBy !== undefined) adoptEarly(former, session, former.closedBy);
  return session;
}

/** Call when a session has been closed. */
export function forgetClosed({ alive }: Model): void {
  while (alive.length > 0 && alive.at(-1)?.closedBy !== undefined) alive.pop();
}

/** Candidates that came after the former session's end and fit nothing in it have overtaken the new session's offer. */
function adoptEarly(former: Session, session: Session, end: number): void {
  const early = former.candidates.filter((record) => record.generation === undefined && record.seq > end);
  if (early.length === 0) return;
  const moved = new Set(early);
  former.candidates = former.candidates.filter((record) => !moved.has(record));
  for (const record of early) {
    record.pc = session.pc;
    session.candidates.push(record);
    park(sideOf(session, record.from), record);
  }
  for (const side of former.sides.values()) {
    for (const [ufrag, records] of side.parked)
      side.parked.set(
        ufrag,
        records.filter((record) => !moved.has(record)),
      );
  }
}

/** One end of the session, created at first mention. */
export function sideOf(session: Session, party: PartyId): Side {
  let side = session.sides.get(party);
  if (side === undefined) {
    side = newSide(party);
    session.sides.set(party, side);
  }
  return side;
}

function newSide(party: PartyId): Side {
  return {
    party,
    signaling: 'stable',
    reason: 'nothing negotiated yet',
    actual: {},
    currentLocal: undefined,
    pendingLocal: undefined,
    currentRemote: undefined,
    pendingRemote: undefined,
    lastOffer: undefined,
    lastAnswer: undefined,
    committedOffer: undefined,
    committedAnswer: undefined,
    committed: undefined,
    sent: new Map(),
    generations: [],
    byUfrag: new Map(),
    byMid: new Map(),
    currentGenerations: new Set(),
    parked: new Map(),
    politeness: undefined,
  };
}

/** What an offer says about the peer connection it comes from. */
export type Origin = 'same' | 'new-pc' | 'new-session';

/**
 * Certificate, credentials and `o=` id all new: the side has built a new RTCPeerConnection (rules B.6). If its sections
 * start from scratch, the other side cannot go on either: `new-session`. If they still fit what was negotiated, the other
 * side may keep its own (`new-pc`), and it is judged by what it will make of that.
 */
export function originOf(session: Session, from: PartyId, now: Outline): Origin {
  const before = session.sides.get(from)?.committed;
  if (before === undefined) return 'same';
  const old = outlineOf(before);
  if (!otherPeerConnection(old, now)) return 'same';
  return continues(old, now, recyclableIn(before)) ? 'new-pc' : 'new-session';
}

/** Whether the slot of an index was free: port 0 in a committed offer or in its answer (guard G6). */
function recyclableIn(committed: Description): (index: number) => boolean {
  const { offer, answer } = committed.round ?? {};
  const outlines = [committed, offer, answer].filter((one) => one !== undefined).map(outlineOf);
  return (index) => outlines.some(({ sections }) => sections[index]?.rejected === true);
}
