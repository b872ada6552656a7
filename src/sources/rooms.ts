/**
 * The embedded signaling server's rooms as a pure machine. MDN's dialect, without what makes MDN's own server fall over; and
 * bare perfect negotiation, which is passed on as it came to the others who have no name.
 */
import { perfectNegotiation } from '../protocols/perfect-negotiation.ts';

/** Which of the two is spoken; with both, a client's frames tell. */
export type Spoken = 'mdn' | 'perfect-negotiation' | 'both';

/** One connected client. */
export interface Member {
  readonly key: string;
  readonly room: string;
  readonly id: number;
  readonly name: string | undefined;
}

export interface Delivery {
  readonly to: string;
  readonly text: string;
}

export interface Rooms {
  /** Somebody connected: the frames to deliver. `room` is the path of the URL. */
  joined(key: string, room: string): readonly Delivery[];
  left(key: string): readonly Delivery[];
  received(key: string, text: string): readonly Delivery[];
  /** Names in a room, in order of their coming. */
  names(room: string): readonly string[];
}

const MAX_NAME = 64;

/** `firstId` is the first id given out; the dialect uses the time. */
export function createRooms(firstId: number, spoken: Spoken = 'both'): Rooms {
  const members = new Map<string, Member>();
  let nextId = firstId;

  const inRoom = (room: string): Member[] => [...members.values()].filter((member) => member.room === room);
  const names = (room: string): string[] => inRoom(room).flatMap(({ name }) => (name === undefined ? [] : [name]));

  function userlist(room: string): Delivery[] {
    const text = JSON.stringify({ type: 'userlist', users: names(room) });
    return inRoom(room)
      .filter(({ name }) => name !== undefined)
      .map(({ key }) => ({ to: key, text }));
  }

  /** Names are unique in a room: a taken one gets the first free number behind it. */
  function freeName(room: string, wanted: string): string {
    const taken = new Set(names(room));
    let name = wanted;
    for (let number = 1; taken.has(name); number++) name = `${wanted}${number}`;
    return name;
  }

  function rename(member: Member, wanted: unknown): Delivery[] {
    const asked = typeof wanted === 'string' && wanted.trim() !== '' ? wanted.trim().slice(0, MAX_NAME) : 'guest';
    members.set(member.key, { ...member, name: undefined });
    const name = freeName(member.room, asked);
    members.set(member.key, { ...member, name });
    const rejected: Delivery[] =
      name === wanted
        ? []
        : [{ to: member.key, text: JSON.stringify({ id: member.id, type: 'rejectusername', name }) }];
    return [...rejected, ...userlist(member.room)];
  }

  /** To the target; without one to everyone, the sender included: the dialect's own way. */
  function forward(member: Member, message: Record<string, unknown>): Delivery[] {
    const text = JSON.stringify(message);
    const { target } = message;
    const named = inRoom(member.room).filter(({ name }) => name !== undefined);
    const to = typeof target === 'string' && target !== '' ? named.filter(({ name }) => name === target) : named;
    return to.map(({ key }) => ({ to: key, text }));
  }

  /** Bare messages know no addressee: to everyone else who gave no name. */
  function passOn(member: Member, text: string): Delivery[] {
    const others = inRoom(member.room).filter(({ key, name }) => key !== member.key && name === undefined);
    return others.map(({ key }) => ({ to: key, text }));
  }

  return {
    joined(key, room) {
      const id = nextId++;
      members.set(key, { key, room, id, name: undefined });
      if (spoken === 'perfect-negotiation') return [];
      return [{ to: key, text: JSON.stringify({ type: 'id', id }) }];
    },
    left(key) {
      const member = members.get(key);
      members.delete(key);
      return member?.name === undefined ? [] : userlist(member.room);
    },
    received(key, text) {
      const member = members.get(key);
      if (member && spoken === 'perfect-negotiation') return passOn(member, text);
      const message = parseObject(text);
      if (!member || !message) return [];
      if (spoken === 'both' && member.name === undefined && isBare(text)) return passOn(member, text);
      if (message.type === 'username') return rename(member, message.name);
      if (member.name === undefined) return [];
      if (message.type === 'message')
        return forward(member, { ...message, name: member.name, text: plain(message.text) });
      return forward(member, message);
    },
    names,
  };
}

/** Whether a client that says this speaks bare perfect negotiation. */
export function isBare(text: string): boolean {
  return perfectNegotiation.detect({ frame: { data: text, encoding: 'text', direction: 'in' } }) > 0;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Chat text without tags, as the dialect's server sends it on. */
function plain(text: unknown): string {
  return typeof text === 'string' ? text.replace(/<[^<>]*>/g, '') : '';
}
