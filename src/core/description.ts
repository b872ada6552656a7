/** Makes the record of a description that was sent. */
import { baseOf } from './base.ts';
import type { DescriptionType, SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';
import { hashOf } from './hash.ts';
import type { Description, Session } from './model.ts';
import { noteOutline, type Outline, outlineOf, sameEndpoint } from './outline.ts';
import { createDescription } from './sent-description.ts';
import { sideOf } from './session.ts';

/** What a signal says: a type and its SDP. */
export interface Described {
  readonly type: DescriptionType;
  readonly sdp: string;
  readonly created?: string;
  /** Which signal of its event. */
  readonly at: number;
}

/** Records a description in its session: numbered, with its base of comparison; not yet part of any round. */
export function recordDescription(
  events: EventList,
  session: Session,
  event: SignalEvent,
  { type, sdp, at }: Described,
  outline: Outline,
): Description {
  const side = sideOf(session, event.from);
  const key = keyOf(side.sent, type, sdp);
  const same = side.sent.get(key);
  const repeats = isSame(same, type, sdp) ? same : undefined;
  const description = createDescription(
    { events, seq: event.seq, at },
    {
      seq: event.seq,
      t: event.t,
      pc: session.pc,
      from: event.from,
      to: event.to,
      type,
      number: numberOf(session, type, repeats),
      status: 'stray',
      round: undefined,
      base: baseOf(side, type),
      repeats,
      reflects: reflectedBy(session, event, outline),
    },
  );
  noteOutline(description, outline);
  if (same === undefined) side.sent.set(key, description);
  session.descriptions.push(description);
  return description;
}

/** Characters by which most descriptions differ: those of `o=` count up. */
const BEGINNING = 100;

/** Under which a description is found again. The whole text is gone through only where another looks the same. */
function keyOf(sent: ReadonlyMap<number, Description>, type: DescriptionType, sdp: string): number {
  const looks = hashOf(`${type} ${sdp.length} ${sdp.slice(0, BEGINNING)}`);
  const alike = sent.get(looks);
  return alike === undefined || isSame(alike, type, sdp) ? looks : hashOf(`${type}\n${sdp}`);
}

function isSame(one: Description | undefined, type: DescriptionType, sdp: string): one is Description {
  return one?.type === type && one.text === sdp;
}

function numberOf(session: Session, type: DescriptionType, repeats: Description | undefined): number {
  if (repeats !== undefined) return repeats.number;
  if (type === 'offer') session.offers += 1;
  else session.answers += 1;
  return type === 'offer' ? session.offers : session.answers;
}

/** The receiver's own newest description, if this is a copy of it (rule 114): what a broadcasting server sends back. */
function reflectedBy(session: Session, { to }: SignalEvent, outline: Outline): Description | undefined {
  const receiver = session.sides.get(to);
  if (receiver === undefined) return undefined;
  const own = [receiver.lastOffer, receiver.lastAnswer].filter((one) => one !== undefined);
  return own.find((one) => sameEndpoint(outlineOf(one), outline));
}
