/**
 * The recogniser as the decoder of live connections: reads frames of any system, one connection at a time, and tells from
 * whom to whom they are and which peer connection they are about, as far as the wire says it.
 */
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import type { Copied, Decoded, Decoder, Frame } from '../protocol.ts';
import { type Correlator, createCorrelator } from './correlate.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createHttpReader } from './http-reader.ts';
import { type Address, addressAround } from './ids.ts';
import { createReader } from './reader.ts';
import type { FoundInPlace, Recognised } from './recognise.ts';
import { systemOf } from './systems.ts';

/**
 * What connections of one server share. Give one to all decoders of a proxy: a message that comes out on another
 * connection is then known as a delivery, and an answer finds the offer that went over another connection.
 */
export interface Memory {
  readonly correlator: Correlator;
  readonly delivery: Delivery;
  /** Which client a name on the wire is, and who sent what, about which peer connections. */
  readonly names: Map<string, PartyId>;
  readonly senders: Map<number, Sender>;
  readonly clients: Set<PartyId>;
  frames: number;
  /** The server answers by itself. */
  terminates: boolean;
}

export function createMemory(): Memory {
  return {
    correlator: createCorrelator(),
    delivery: createDelivery(),
    names: new Map(),
    senders: new Map(),
    clients: new Set(),
    frames: 0,
    terminates: false,
  };
}

/** More than are told apart by what they say; beyond it the oldest is forgotten. */
const [MOST_CLIENTS, MOST_NAMES, MOST_SENDERS] = [1_000, 20_000, 20_000];

/** Of a message that may come out at somebody else. */
export interface Sender {
  readonly party: PartyId;
  /** Of each signal found in it; undefined where it is about none. */
  readonly pcs: readonly (PcId | undefined)[];
}

export interface RecogniserLink {
  readonly client: PartyId;
  readonly server: PartyId;
  readonly memory?: Memory;
}

/** Reads the frames of one connection in order; never throws. `protocol` of what it returns names the system or the packing. */
export function createRecogniser({ client, server, memory = createMemory() }: RecogniserLink): Decoder {
  const reader = createReader();
  const http = createHttpReader({ client, server });
  let talker: PartyId | undefined;
  let protocol: string | undefined;
  if (memory.clients.size < MOST_CLIENTS) memory.clients.add(client);

  /** Whoever is meant by a name on the wire. */
  const named = (name: string | undefined): PartyId | undefined =>
    name === undefined ? undefined : (memory.names.get(name) ?? name);

  function partiesOf(frame: Frame, { from, to }: Address): { from: PartyId; to: PartyId } {
    if (frame.direction === 'out') {
      if (from !== undefined && !memory.names.has(from)) remember(memory.names, from, client, MOST_NAMES);
      return { from: client, to: named(to) ?? receiver() };
    }
    if (to !== undefined && !memory.names.has(to)) remember(memory.names, to, client, MOST_NAMES);
    return { from: named(from) ?? talker ?? server, to: client };
  }

  /** Without an addressee: the last one talked with, or the only other client of a relay. */
  function receiver(): PartyId {
    if (talker !== undefined || !memory.delivery.relays || memory.clients.size !== 2) return talker ?? server;
    return [...memory.clients].find((one) => one !== client) ?? server;
  }

  function decodeFound(frame: Frame, recognised: Recognised): Decoded {
    const { found } = recognised;
    const address = addressAround((found[0] as FoundInPlace).place);
    const { from, to } = partiesOf(frame, address);
    const peer = frame.direction === 'out' ? to : from;
    if (peer !== server && peer !== client) talker = peer;
    const between = { from, to, direct: peer === server };
    return { from, to, signals: signalsOf(recognised, (one) => memory.correlator.pcOf(one, between)) };
  }

  /** What is passed on says what it said when it was sent, about the same peer connections. */
  function copied(origin: number | undefined, recognised: Recognised): Copied {
    const sender = origin === undefined ? undefined : memory.senders.get(origin);
    const signals = signalsOf(recognised, (_, index) => (sender === undefined ? '' : sender.pcs[index]));
    const copy = { from: sender?.party ?? server, to: client, signals: [...signals, ...asideSignals(recognised)] };
    return origin === undefined ? { ...copy, replayed: true } : copy;
  }

  return {
    decode(frame) {
      if (frame.http !== undefined) return http.read(frame, frame.http);
      const recognised = reader.read(frame);
      memory.frames += 1;
      const number = memory.frames;
      protocol ??= systemOf(recognised);
      const named = protocol === undefined ? {} : { protocol };
      const found = recognised.found.map(({ signal }) => signal);
      memory.delivery.add({ number, conn: client, out: frame.direction === 'out', found, name: recognised.name });
      const label = passedOn(memory, number, client);
      if (label !== undefined) {
        const copies = copied(originOf(memory, number), recognised);
        return { ...named, signals: [{ type: 'other', label }], copies };
      }
      if (recognised.found.length === 0) return { ...named, signals: [plainSignal(recognised)] };
      const decoded = decodeFound(frame, recognised);
      const pcs = decoded.signals.map((signal) => ('pc' in signal ? signal.pc : undefined));
      remember(memory.senders, number, { party: decoded.from ?? client, pcs }, MOST_SENDERS);
      return { ...named, ...decoded, signals: [...decoded.signals, ...asideSignals(recognised)] };
    },
  };
}

function signalsOf(
  { found, name }: Recognised,
  pcOf: (one: FoundInPlace, index: number) => PcId | undefined,
): Signal[] {
  return found.map((one, index): Signal => {
    const pc = pcOf(one, index);
    return pc === undefined ? { type: 'other', label: name ?? one.signal.type } : { ...one.signal, pc };
  });
}

/** The frame in which a client has sent it, also where this is the second time that it is passed on. */
export function originOf({ delivery }: Memory, number: number): number | undefined {
  return delivery.copyOf(number) ?? delivery.copyOf(delivery.replayOf(number) ?? -1);
}

/** What a frame is that was seen before. */
function passedOn({ delivery, senders }: Memory, number: number, client: PartyId): string | undefined {
  const origin = delivery.copyOf(number);
  if (origin !== undefined) {
    const sender = senders.get(origin)?.party;
    return sender === client ? 'own message, echoed' : `delivery of a message of ${sender ?? 'another client'}`;
  }
  return delivery.replayOf(number) === undefined ? undefined : 'sent before, replayed';
}

/** What looked like signaling and is none stays visible. */
export function asideSignals({ aside }: Recognised): Signal[] {
  return aside.map((label): Signal => ({ type: 'other', label }));
}

/** A frame without signaling, by its name. */
export function plainSignal(recognised: Recognised): Signal {
  const [aside] = asideSignals(recognised);
  if (aside !== undefined) return aside;
  const { name, carriers } = recognised;
  return { type: 'other', label: name ?? (carriers.length === 0 ? 'frame' : `${carriers.at(-1)} frame`) };
}
