/** The frames of a recording, connection by connection, and the messages that a carrier makes of them. */
import type { MessageEvent, PartyId, SessionHeader, SignalEvent } from '../../../core/event.ts';
import type { Frame } from '../../protocol.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { carriers } from '../carrier/index.ts';
import { payloadOf } from '../decoder.ts';
import { type Tree, unfold } from './tree.ts';

export interface Timed {
  readonly t: number;
  readonly frame: Frame;
}

/** One message of one connection. */
export interface Heard {
  readonly t: number;
  readonly out: boolean;
  readonly tree: Tree;
  readonly value: unknown;
  /** It wants an acknowledgement of this number, or is one. */
  readonly ack?: number;
  readonly acknowledges?: number;
}

export interface Talk {
  readonly carrier: Carrier;
  readonly messages: readonly Heard[];
  /** The id that the carrier gave the connection. */
  readonly sid: string | undefined;
}

/** WebSocket frames, connection by connection. */
export function framesOf(header: SessionHeader, events: readonly SignalEvent[]): readonly (readonly Timed[])[] {
  const links = new Map<string, MessageEvent[]>();
  for (const event of events) {
    if (event.kind !== 'message' || event.link === 'http') continue;
    const link = event.link ?? '';
    links.set(link, [...(links.get(link) ?? []), event]);
  }
  return [...links].map(([link, messages]) => {
    const own = ownerOf(link, messages, header.parties);
    return messages.map(({ t, from, dir, raw, encoding }) => {
      const out = dir === undefined ? from === own : dir === 'c2s';
      return { t, frame: { data: raw, encoding, direction: out ? 'out' : 'in' } };
    });
  });
}

/** The client of a connection is at one end of all its messages. */
function ownerOf(link: string, messages: readonly SignalEvent[], parties: readonly PartyId[]): PartyId {
  const [first] = messages;
  const ends = [first?.from ?? '', first?.to ?? ''];
  const always = ends.filter((party) => messages.every(({ from, to }) => from === party || to === party));
  const known = always.find((party) => party === link) ?? parties.find((party) => always.includes(party));
  return known ?? always.find((party) => party !== 'server') ?? ends[0] ?? '';
}

/** The carrier that makes most of the frames, and what it makes of each connection. Undefined if none finds anything. */
export function talksOf(connections: readonly (readonly Timed[])[]): readonly Talk[] | undefined {
  const tried = carriers
    .filter((carrier) => carrier.over === 'websocket')
    .map((carrier) => connections.map((frames) => talkOf(carrier, frames)));
  const ranked = tried.map((talks) => ({ talks, found: countSignals(talks) }));
  const best = ranked.reduce((a, b) => (b.found > a.found ? b : a));
  return best.found === 0 ? undefined : best.talks;
}

function talkOf(carrier: Carrier, frames: readonly Timed[]): Talk {
  const session = carrier.session({});
  let sid: string | undefined;
  const messages = frames.flatMap(({ t, frame }): Heard[] => {
    const payload = payloadOf(frame);
    const carried = payload === undefined ? [] : session.read(payload, frame);
    return carried.flatMap((one): Heard[] => {
      const out = frame.direction === 'out';
      if (one.is === 'ready' && one.values?.sid !== undefined) sid = String(one.values.sid);
      if (one.is === 'ack') return [{ t, out, value: one.value, tree: unfold(one.value), acknowledges: one.id }];
      if (one.is !== 'message') return [];
      return [{ t, out, value: one.value, tree: unfold(one.value), ...(one.ack !== undefined && { ack: one.ack }) }];
    });
  });
  return { carrier, messages, sid };
}

/** Text in which SDP lies plain counts less than a carrier that takes it apart. */
function countSignals(talks: readonly Talk[]): number {
  const messages = talks.flatMap((talk) => talk.messages);
  const found = messages.filter(({ tree }) => /"v=0|candidate:/.test(JSON.stringify(tree)));
  return found.reduce((sum, { value }) => sum + (typeof value === 'string' ? 0.5 : 1), 0);
}
