/** From facts to meaning: folds one event after the other into the model. */
import { ByEvent } from './by-event.ts';
import { type PartyId, type PcId, pairId, type Signal, type SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';
import { meetFarSide, type Retell } from './far-side.ts';
import { addCandidate, endCandidates } from './ice.ts';
import type { Description, LinkState, Model, Session } from './model.ts';
import { acceptOffer, closeSession, GRACE, receiveDescription, refuseDescription, rollBack } from './negotiation.ts';
import { openSession, sessionOf, sideOf } from './session.ts';

/**
 * A model of nothing. With `events`, a list of somebody else's that has each event by the time it is reduced, the model
 * keeps none of its own: it looks there for the texts of what it tells about.
 */
export function emptyModel(events?: EventList): Model {
  const model = modelOf(events ?? []);
  if (events !== undefined) shared.add(model);
  return model;
}

/** Models whose events are somebody else's. */
const shared = new WeakSet<Model>();

function modelOf(events: EventList): Model {
  return {
    parties: [],
    events,
    sessions: new Map(),
    current: new Map(),
    alive: [],
    ended: [],
    newest: undefined,
    links: new Map(),
    met: new Map(),
    described: new ByEvent(),
    gathered: new ByEvent(),
    noted: new Map(),
    version: 0,
  };
}

/**
 * Folds an event in and returns the same model: the model is owned by whoever folds and is changed in place, because a
 * copy per event would make long sessions quadratic. `version` tells that it changed. Constant time per event, amortised,
 * apart from reading its text. Never throws, whatever the event says.
 */
export function reduce(model: Model, event: SignalEvent): Model {
  if (!shared.has(model)) (model.events as SignalEvent[]).push(event);
  model.version += 1;
  addParty(model, event.from);
  addParty(model, event.to);
  const handle = HANDLERS[event.kind] as Handler<SignalEvent> | undefined;
  handle?.(model, event);
  return model;
}

/** What all of these events mean. The model keeps none of them: they are somebody else's. */
export function reduceAll(events: EventList): Model {
  const model = emptyModel(events);
  for (const event of events) reduce(model, event);
  return model;
}

type Handler<E> = (model: Model, event: E) => void;
type EventOf<K> = Extract<SignalEvent, { kind: K }>;

const HANDLERS: { readonly [K in SignalEvent['kind']]?: Handler<EventOf<K>> } = {
  link: reduceLink,
  message: (model, event) => {
    for (const [at, signal] of event.signals.entries()) reduceSignal(model, event, signal, at);
  },
  apply: reduceApply,
  state: reduceState,
  mark: reduceMark,
};

function reduceMark({ noted }: Model, { text, of }: EventOf<'mark'>): void {
  if (of !== undefined) noted.set(of, [...(noted.get(of) ?? []), text]);
}

type SignalHandlers = {
  readonly [T in Signal['type']]?: (model: Model, event: SignalEvent, signal: never, at: number) => void;
};
type SignalOf<T> = Extract<Signal, { type: T }>;

const SIGNALS: SignalHandlers = {
  offer: reduceDescription,
  answer: reduceDescription,
  pranswer: reduceDescription,
  candidate: reduceCandidate,
  'end-of-candidates': (model: Model, event: SignalEvent, { pc, mid, ufrag }: SignalOf<'end-of-candidates'>) => {
    endCandidates(sideOf(sessionOf(model, pc), event.from), event.seq, mid, ufrag);
  },
  rollback: (model: Model, event: SignalEvent, { pc }: SignalOf<'rollback'>) => {
    rollBack(sessionOf(model, pc), event.from, event.seq);
  },
  response: reduceResponse,
  bye: (model: Model, event: SignalEvent, { pc }: SignalOf<'bye'>) => {
    const session = model.current.get(pc);
    if (session !== undefined) closeSession(model, session, event.seq, 'hung up');
  },
};

/** Whoever refuses a request refuses the offer that came with it. */
function reduceResponse(model: Model, event: SignalEvent, { pc, ok }: { pc?: PcId; ok?: boolean }): void {
  const session = pc === undefined || ok !== false ? undefined : model.current.get(pc);
  const offer = session?.open.get(event.to)?.offer;
  if (session !== undefined && offer !== undefined) refuseDescription(session, event.from, offer, event.seq);
}

function reduceSignal(model: Model, event: SignalEvent, signal: Signal, at: number): void {
  SIGNALS[signal.type]?.(model, event, signal as never, at);
}

function reduceDescription(
  model: Model,
  event: SignalEvent,
  signal: SignalOf<'offer' | 'answer' | 'pranswer'>,
  at: number,
): void {
  const description = receiveDescription(model, event, { ...signal, at });
  if (description !== undefined) model.described.push(description);
}

function reduceCandidate(model: Model, event: SignalEvent, signal: SignalOf<'candidate'>, at: number): void {
  const session = sessionOf(model, signal.pc);
  if (signal.candidate === '') {
    endCandidates(sideOf(session, event.from), event.seq, signal.mid, signal.ufrag);
    return;
  }
  const { seq, t, from, to } = event;
  const { candidate: text, mid, mLine, ufrag } = signal;
  const message = { seq, t, pc: session.pc, from, to, text, mid, mLine, ufrag };
  const record = addCandidate(sideOf(session, from), message, { events: model.events, seq, at });
  const first = session.candidates[0] ?? record;
  if (session.descriptions.length === 0 && t - first.t > GRACE) session.partial = true;
  session.candidates.push(record);
  model.gathered.push(record);
}

/** What an engine did with a description corrects what was believed. */
function reduceApply(model: Model, event: EventOf<'apply'>): void {
  const { pc, op, type, ok, seq, from: party } = event;
  if (op === 'candidate' || type === undefined) return;
  const session = alive(model, pc, ok && op === 'local' && type === 'offer');
  const given = op === 'remote' && event.of !== undefined ? model.described.get(event.of)?.[0] : undefined;
  if (given !== undefined && given.pc === session.pc) meetFarSide(model, session, event, given, retellTo(model));
  if (ok && type === 'rollback') {
    if (op === 'remote' || !isAhead(session, party)) rollBack(session, party, seq);
  } else if (ok && op === 'remote' && type === 'offer') acceptOffer(session, party, seq);
  else if (!ok && op === 'remote') {
    const description = appliedDescription(model, session, event);
    if (description !== undefined) refuseDescription(session, party, description, seq);
  }
}

function retellTo(model: Model): Retell {
  return (event, session, from) => {
    const signals = event.kind === 'message' ? event.signals : [];
    for (const [at, signal] of signals.entries()) {
      if ('pc' in signal && signal.pc === from) reduceSignal(model, event, { ...signal, pc: session.pc }, at);
    }
  };
}

/** It has an offer of its own that nobody has told yet, as where messages are told by who gets them: that is rolled back. */
function isAhead(session: Session, party: PartyId): boolean {
  return !session.open.has(party) && session.sides.get(party)?.actual.signaling === 'have-local-offer';
}

/** The description that was applied: of the event named, else the newest of that type sent to the party. */
function appliedDescription(model: Model, session: Session, event: EventOf<'apply'>): Description | undefined {
  const { of, type, from: party } = event;
  if (of !== undefined) return model.described.get(of)?.find((one) => one.type === type && one.to === party);
  for (const side of session.sides.values()) {
    const newest = type === 'offer' ? side.lastOffer : side.lastAnswer;
    if (newest !== undefined && newest.type === type && newest.to === party) return newest;
  }
  return undefined;
}

function reduceState(model: Model, event: EventOf<'state'>): void {
  const { pc, of, value, from: party, seq } = event;
  const session = alive(model, pc, of === 'signaling' && value === 'have-local-offer');
  sideOf(session, party).actual[of] = value;
  if (of === 'signaling' && value === 'closed') closeSession(model, session, seq, 'its peer connection was closed');
}

/** The session of an id; a new one if it is closed and this is the sign that its party begins anew. */
function alive(model: Model, pc: PcId, begins: boolean): Session {
  const session = sessionOf(model, pc);
  return begins && session.closedBy !== undefined ? openSession(model, pc) : session;
}

const LINK_STATES = {
  connecting: 'connecting',
  retry: 'connecting',
  open: 'open',
  close: 'closed',
  error: 'error',
} as const satisfies Record<string, LinkState['state']>;

function reduceLink(model: Model, event: EventOf<'link'>): void {
  const { from, to, change, url, reason, code, seq } = event;
  const id = event.link ?? pairId(from, to);
  const detail = reason ?? url ?? (code === undefined ? '' : String(code));
  const link = model.links.get(id);
  const state = LINK_STATES[change];
  if (link === undefined) model.links.set(id, { id, from, to, state, detail, since: seq });
  else Object.assign(link, { state, detail, since: seq });
}

const known = new WeakMap<Model, Set<PartyId>>();

function addParty(model: Model, party: PartyId): void {
  let parties = known.get(model);
  // A party may have been found to be another one.
  if (parties?.size !== model.parties.length) {
    parties = new Set(model.parties);
    known.set(model, parties);
  }
  if (parties.has(party)) return;
  parties.add(party);
  model.parties.push(party);
}
