/**
 * Two ends of one call that are both heard, of which each was thought to speak to a stranger at first: a party that stands
 * in for whoever is at the far side is found to be the one that was given what was sent to it.
 */
import type { PartyId, SignalEvent } from './event.ts';
import type { Description, Model, Session, Side } from './model.ts';
import { sideOf } from './session.ts';

/** The end was given what `description` says was sent to another party of its session: that other party is this end. */
export function meetFarSide(model: Model, session: Session, party: PartyId, description: Description): void {
  const standIn = description.to;
  if (standIn === party || description.from === party || hasDescribed(session.sides.get(party))) return;
  const side = sideOf(session, standIn);
  const states = { ...ownStates(model, session, party), ...session.sides.get(party)?.actual };
  session.sides.delete(standIn);
  session.sides.set(party, side);
  side.party = party;
  Object.assign(side.actual, states);
  renameIn(session, standIn, party);
  session.met = new Map(session.met).set(standIn, party);
  if (![...model.sessions.values()].some(({ sides }) => sides.has(standIn))) forgetParty(model, standIn);
}

/** The party that an event's `from` or `to` means, as far as is known by now. */
export function partyNow({ current }: Model, event: SignalEvent, name: PartyId): PartyId {
  if (event.kind !== 'message') return name;
  for (const signal of event.signals) {
    const pc = 'pc' in signal ? signal.pc : undefined;
    const met = pc === undefined ? undefined : current.get(pc)?.met?.get(name);
    if (met !== undefined) return met;
  }
  return name;
}

const hasDescribed = (side: Side | undefined): boolean => side !== undefined && side.sent.size > 0;

/** Before anybody knew better it had a session of its own name, in which nothing but its states can have been told. */
function ownStates(model: Model, session: Session, party: PartyId): Side['actual'] {
  const own = model.current.get(party);
  if (own === undefined || own === session || own.descriptions.length > 0) return {};
  model.current.delete(party);
  model.sessions.delete(own.pc);
  return own.sides.get(party)?.actual ?? {};
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
