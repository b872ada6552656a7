/**
 * Two ends of one call that are both heard, of which each was thought to speak to a stranger at first: a party that stands
 * in for whoever is at the far side is found to be the one that was given what was sent to it.
 */
import type { PartyId, PcId, SignalEvent } from './event.ts';
import { eventAt } from './event-at.ts';
import type { Description, Met, Model, Session } from './model.ts';
import { rollBack } from './negotiation.ts';
import { forgetClosed, sideOf } from './session.ts';

/** Takes an event as one of this session, which it has not been so far. */
export type Retell = (event: SignalEvent, session: Session, from: PcId) => void;

type Applied = Extract<SignalEvent, { kind: 'apply' }>;

/** An end was given what `description` says was sent to another party of its session: that other party is this end. */
export function meetFarSide(
  model: Model,
  session: Session,
  { pc, from: party, seq }: Applied,
  description: Description,
  retell: Retell,
): void {
  const { to: standIn, from: other } = description;
  const there = session.sides.get(party);
  if (standIn === party || other === party || (there !== undefined && there.sent.size > 0)) return;
  const own = ownSession(model, session, party);
  const side = sideOf(session, standIn);
  const states = { ...own?.sides.get(party)?.actual, ...there?.actual };
  session.sides.delete(standIn);
  session.sides.set(party, side);
  side.party = party;
  Object.assign(side.actual, states);
  renameIn(session, standIn, party);
  note(model, pc, { standIn, is: party, until: seq });
  if (own !== undefined) moveInto(model, session, own, { party, other, standIn, until: seq, retell });
  if (![...model.sessions.values()].some(({ sides }) => sides.has(standIn))) forgetParty(model, standIn);
}

/** The party that an event's `from` or `to` means, as far as is known by now. */
export function partyNow({ met }: Model, event: SignalEvent, name: PartyId): PartyId {
  if (event.kind !== 'message' || met.size === 0) return name;
  for (const signal of event.signals) {
    const pc = 'pc' in signal ? signal.pc : undefined;
    const found =
      pc === undefined ? undefined : met.get(pc)?.find((one) => one.standIn === name && one.until > event.seq);
    if (found !== undefined) return found.is;
  }
  return name;
}

function note({ met }: Model, pc: PcId, one: Met): void {
  met.set(pc, [...(met.get(pc) ?? []), one]);
}

/** Before anybody knew better the party had a session of its own name, in which nobody else can have said anything. */
function ownSession(model: Model, session: Session, party: PartyId): Session | undefined {
  const own = model.current.get(party);
  if (own === undefined || own === session || own.descriptions.some(({ from }) => from !== party)) return undefined;
  return own;
}

interface Move {
  readonly party: PartyId;
  readonly other: PartyId;
  readonly standIn: PartyId;
  readonly until: number;
  readonly retell: Retell;
}

/** What it had sent by itself, such as an offer that crossed the other one, belongs to the session of both. */
function moveInto(model: Model, session: Session, own: Session, { party, other, standIn, until, retell }: Move): void {
  model.current.delete(party);
  model.sessions.delete(own.pc);
  if (model.alive.includes(own)) model.alive.splice(model.alive.lastIndexOf(own), 1);
  forgetClosed(model);
  if (model.newest === own) model.newest = session;
  note(model, party, { standIn, is: other, until });
  const seqs = new Set([...own.descriptions, ...own.candidates].map(({ seq }) => seq));
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const event = eventAt(model.events, seq);
    model.described.delete(seq);
    model.gathered.delete(seq);
    if (event !== undefined) retell({ ...event, to: other }, session, party);
  }
  const [last] = own.rounds.slice(-1);
  if (last?.state === 'rolled-back' && last.endedBy !== undefined) rollBack(session, party, last.endedBy);
}

function renameIn(session: Session, before: PartyId, now: PartyId): void {
  for (const one of [...session.descriptions, ...session.candidates]) {
    if (one.from === before) one.from = now;
    if (one.to === before) one.to = now;
  }
  for (const round of session.rounds) {
    if (round.offerer === before) round.offerer = now;
    if (round.answerer === before) round.answerer = now;
  }
  const open = session.open.get(before);
  if (open !== undefined) session.open.set(now, open);
  session.open.delete(before);
  for (const generation of session.sides.get(now)?.generations ?? []) generation.party = now;
}

function forgetParty({ parties, links }: Model, party: PartyId): void {
  for (const { from, to } of links.values()) if (from === party || to === party) return;
  const at = parties.indexOf(party);
  if (at >= 0) parties.splice(at, 1);
}
