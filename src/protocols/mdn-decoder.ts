/**
 * Reads the frames of one connection of the MDN dialect in order. It remembers who the client is, who is in the room
 * and who talks to whom, because candidates name no sender and a hang-up may name no addressee.
 */
import { type PartyId, pairId, type Signal } from '../core/event.ts';
import { clip } from './json.ts';
import { type MdnMessage, readCandidate, readDescription, readMessage, userNames } from './mdn-wire.ts';
import type { Decoded, Decoder, Frame } from './protocol.ts';

type Message = Exclude<MdnMessage, { fault: string }>;

/** What the connection has told so far. */
interface Memory {
  /** The client's name, from its own `username` or the server's `rejectusername`. */
  self: PartyId;
  named: boolean;
  users: string[];
  /** The peer a description was last exchanged with. */
  talker: PartyId | undefined;
  /** Everyone a description was exchanged with, as pairs. */
  readonly pairs: Map<string, readonly [PartyId, PartyId]>;
}

/** More pairs than any real room has; beyond it a hostile server only loses precision. */
const MAX_PAIRS = 1_000;

export function createMdnDecoder(link: { client: PartyId }): Decoder {
  const memory: Memory = { self: link.client, named: false, users: [], talker: undefined, pairs: new Map() };
  return {
    decode(frame) {
      const message = readMessage(frame);
      if ('fault' in message) return { signals: [{ type: 'other', label: message.fault }] };
      return decodeMessage(memory, message, frame.direction);
    },
  };
}

function decodeMessage(memory: Memory, message: Message, direction: Frame['direction']): Decoded {
  switch (message.type) {
    case 'id':
      return { signals: [{ type: 'notify', method: 'id' }] };
    case 'username':
      if (direction === 'out' && message.name !== undefined) name(memory, message.name);
      return { ...own(memory, direction), signals: [{ type: 'request', method: 'username' }] };
    case 'rejectusername':
      if (direction === 'in' && message.name !== undefined) name(memory, message.name);
      return { signals: [{ type: 'response', method: 'username', ok: false }] };
    case 'userlist':
      return { signals: presence(memory, userNames(message.body)) };
    case 'message':
      return { ...ends(memory, message, direction), signals: [{ type: 'other', label: 'chat message' }] };
    case 'video-offer':
    case 'video-answer':
      return description(memory, message, direction);
    case 'new-ice-candidate': {
      const between = ends(memory, message, direction);
      if (isEcho(memory, between, direction)) return echo(between, message);
      const pc = pairId(between.from ?? memory.self, between.to ?? memory.self);
      return { ...between, signals: [readCandidate(message.body, pc)] };
    }
    case 'hang-up':
      return hangUp(memory, message, direction);
    default:
      return { ...ends(memory, message, direction), signals: [{ type: 'other', label: clip(message.type) }] };
  }
}

function name(memory: Memory, as: string): void {
  memory.self = as;
  memory.named = true;
}

/** The client's own end, once its name is known. */
function own(memory: Memory, direction: Frame['direction']): { from?: PartyId } {
  return direction === 'out' && memory.named ? { from: memory.self } : {};
}

/** Sender and addressee. Without a sender on the wire it is the peer the client talks with. */
function ends(memory: Memory, message: Message, direction: Frame['direction']): { from?: PartyId; to?: PartyId } {
  const from = direction === 'out' ? memory.self : (message.name ?? guessedSender(memory, message.target));
  const to = message.target ?? (direction === 'in' && memory.named ? memory.self : undefined);
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** Who may have sent what names no sender: nobody talks to himself, and to the peer it is the client who talks. */
function guessedSender(memory: Memory, target: PartyId | undefined): PartyId | undefined {
  const toUs = target === undefined || !memory.named || target === memory.self;
  if (!toUs && memory.pairs.has(pairId(memory.self, target))) return memory.self;
  const others = memory.users.filter((user) => user !== memory.self && user !== target);
  return (toUs ? memory.talker : undefined) ?? (others.length === 1 ? others[0] : undefined);
}

/** A server that sends everything to everyone: the client's own words come back, and say nothing new. */
function isEcho(memory: Memory, { from }: { from?: PartyId }, direction: Frame['direction']): boolean {
  return direction === 'in' && memory.named && from === memory.self;
}

function echo(between: { from?: PartyId; to?: PartyId }, { type }: Message): Decoded {
  return { ...between, signals: [{ type: 'other', label: `${clip(type)} (own, echoed)` }] };
}

function description(memory: Memory, message: Message, direction: Frame['direction']): Decoded {
  const between = ends(memory, message, direction);
  if (isEcho(memory, between, direction)) return echo(between, message);
  const from = between.from ?? memory.self;
  const to = between.to ?? memory.self;
  const peer = direction === 'out' ? to : from;
  if (peer !== memory.self) memory.talker = peer;
  const pc = pairId(from, to);
  if (memory.pairs.size < MAX_PAIRS) memory.pairs.set(pc, [from, to]);
  return { ...between, signals: [readDescription(message, pc)] };
}

/** Without a target (MDN's page clears it before it sends) a hang-up ends every call of its sender. */
function hangUp(memory: Memory, message: Message, direction: Frame['direction']): Decoded {
  const between = ends(memory, message, direction);
  const from = between.from ?? memory.self;
  if (direction === 'in' && from === memory.self) return echo(between, message);
  const ended = message.target === undefined ? endedPairs(memory, from) : [];
  if (ended.length === 0) ended.push(pairId(from, between.to ?? memory.talker ?? memory.self));
  for (const pc of ended) memory.pairs.delete(pc);
  return { ...between, signals: ended.map((pc) => ({ type: 'bye', pc })) };
}

function endedPairs(memory: Memory, from: PartyId): string[] {
  return [...memory.pairs].filter(([, pair]) => pair.includes(from)).map(([pc]) => pc);
}

/** The list as comings and goings of the others. */
function presence(memory: Memory, users: string[]): Signal[] {
  const before = new Set(memory.users);
  const after = new Set(users);
  memory.users = users;
  const others = (who: string): boolean => who !== memory.self;
  const joined = users.filter((who) => !before.has(who) && others(who));
  const left = [...before].filter((who) => !after.has(who) && others(who));
  const signals: Signal[] = [
    ...left.map((who): Signal => ({ type: 'presence', who, change: 'leave' })),
    ...joined.map((who): Signal => ({ type: 'presence', who, change: 'join' })),
  ];
  return signals.length > 0 ? signals : [{ type: 'notify', method: 'userlist' }];
}
