/** Captured frames as messages between the parties behind them, read without knowing the protocol. */
import type { PartyId, Signal } from '../../core/event.ts';
import { type Correlator, createCorrelator } from '../../protocols/recogniser/correlate.ts';
import { asideSignals, plainSignal } from '../../protocols/recogniser/decoder.ts';
import { createDelivery, type Delivery } from '../../protocols/recogniser/delivery.ts';
import { type Address, addressAround, shortId } from '../../protocols/recogniser/ids.ts';
import { createReader, type Reader } from '../../protocols/recogniser/reader.ts';
import type { Recognised } from '../../protocols/recogniser/recognise.ts';
import { systemOf } from '../../protocols/recogniser/systems.ts';
import type { CapturedFrame } from '../frame.ts';
import type { NumberedDraft } from '../importer.ts';
import { createMdnNames } from './mdn-names.ts';
import { createSessionNames } from './session-names.ts';

/** The lane of whatever relays: frames to it whose addressee is not known, and what it says by itself. */
export const SERVER: PartyId = 'server';

/** How far is looked ahead for who is behind a connection and what is passed on, in frames and characters. */
export const AHEAD = { frames: 4000, characters: 8 * 1024 * 1024 };

export type NumberedFrame = CapturedFrame & { readonly number: number };

/** A frame with what it holds, and who it says it is from and for. */
export interface ReadFrame extends NumberedFrame {
  readonly recognised: Recognised;
  readonly address: Address;
}

/** Frames in the order of capture. What is known when a frame is told is what those added by then have shown. */
export interface FrameDecoder {
  add(frame: NumberedFrame): void;
  /** The oldest frame that has not been told yet, as a message with its number; undefined if there is none. */
  next(): NumberedDraft | undefined;
}

/** Who is behind each frame. */
interface Lanes {
  add(frame: ReadFrame): void;
  name(conn: string): PartyId;
  receiver(frame: ReadFrame): PartyId;
  sender(frame: ReadFrame): PartyId;
  protocol(conn: string): string;
  readonly delivery: Delivery;
  readonly correlator: Correlator;
}

/**
 * `client` names the lane of all connections where nothing is passed on between them: one client that opened several.
 * Times are the caller's.
 */
export function createFrameDecoder(client?: PartyId): FrameDecoder {
  const readers = new Map<string, Reader>();
  const lanes = createLanes(client);
  let waiting: ReadFrame[] = [];
  let told = 0;
  return {
    add(frame) {
      const { conn, data, encoding, out } = frame;
      const reader = readers.get(conn) ?? createReader();
      readers.set(conn, reader);
      const recognised = reader.read({ data, encoding, direction: out ? 'out' : 'in' });
      const [first] = recognised.found;
      const address = first === undefined ? { from: undefined, to: undefined } : addressAround(first.place);
      const read: ReadFrame = { ...frame, recognised, address };
      lanes.add(read);
      waiting.push(read);
    },
    next() {
      const frame = waiting[told];
      if (frame === undefined) return undefined;
      told += 1;
      if (told > waiting.length / 2) {
        waiting = waiting.slice(told);
        told = 0;
      }
      return { ...draftOf(frame, lanes), seq: frame.number };
    },
  };
}

function createLanes(client: PartyId | undefined): Lanes {
  const mdn = createMdnNames();
  const sessions = createSessionNames();
  const delivery = createDelivery();
  const addresses = createAddressBook();
  const protocols = createProtocols();
  const conns = new Set<string>();
  /** The other end of the last description on a connection, for messages that name nobody. */
  const talkers = new Map<string, PartyId>();
  const name = (conn: string) => mdn.name(conn) ?? (delivery.relays ? undefined : client) ?? conn;
  const remember = ({ conn, recognised }: ReadFrame, party: PartyId): PartyId => {
    if (recognised.found.some(({ signal }) => 'sdp' in signal)) talkers.set(conn, party);
    return party;
  };
  return {
    add(frame) {
      const { number, conn, out, recognised } = frame;
      mdn.add(frame);
      delivery.add({ number, conn, out, found: recognised.found.map(({ signal }) => signal), name: recognised.name });
      addresses.add(frame);
      protocols.add(frame);
      conns.add(conn);
      const other = sessions.add(frame);
      if (other !== undefined) talkers.set(conn, other);
    },
    delivery,
    name,
    protocol: protocols.of,
    correlator: createCorrelator(),
    receiver(frame) {
      const { address, number, conn: own } = frame;
      const conn =
        addresses.conn(address.to) ??
        delivery.receiver(number) ??
        (conns.size === 2 && delivery.relays ? [...conns].find((one) => one !== own) : undefined);
      const behind = addresses.peer(own, address.to) ?? talkers.get(own) ?? SERVER;
      return remember(frame, mdn.receiver(frame) ?? (conn === undefined ? behind : name(conn)));
    },
    sender(frame) {
      const { address, conn: own } = frame;
      const conn = addresses.conn(address.from);
      const behind = addresses.peer(own, address.from) ?? talkers.get(own) ?? SERVER;
      return remember(frame, mdn.sender(frame) ?? (conn === undefined || conn === own ? behind : name(conn)));
    },
  };
}

/** What was recognised on each connection; what one connection is, those are too where nothing tells. */
function createProtocols() {
  const protocols = new Map<string, string>();
  let first: string | undefined;
  return {
    add({ conn, recognised }: ReadFrame): void {
      const system = protocols.has(conn) ? undefined : systemOf(recognised);
      if (system === undefined) return;
      protocols.set(conn, system);
      first ??= system;
    },
    of: (conn: string): string => protocols.get(conn) ?? first ?? 'unknown',
  };
}

/** So many others of one connection get a lane of their own. */
const MOST_PEERS = 12;

/** Which connection is behind a name: the only one that says it is from there; and who is, where no connection of it is seen. */
function createAddressBook() {
  const book = new Map<string, string>();
  /** By connection: whom it writes to, whom it hears from, and whether somebody is both. */
  const written = new Map<string, Set<string>>();
  const heard = new Map<string, Set<string>>();
  const met = new Set<string>();
  const note = (all: Map<string, Set<string>>, conn: string, one: string | undefined): void => {
    const known = all.get(conn) ?? new Set();
    if (one !== undefined && known.size < MOST_PEERS) known.add(one);
    all.set(conn, known);
  };
  return {
    add({ out, conn, address }: ReadFrame): void {
      const [one, all, others] = out ? [address.to, written, heard] : [address.from, heard, written];
      note(all, conn, one);
      if (one !== undefined && others.get(conn)?.has(one)) met.add(conn);
      if (!out || address.from === undefined) return;
      const known = book.get(address.from);
      book.set(address.from, known === undefined || known === conn ? conn : '');
    },
    /** '' stands for several. */
    conn: (name: string | undefined): string | undefined =>
      (name === undefined ? undefined : book.get(name)) || undefined,
    /** Somebody this connection writes to or hears from, where it is seen that such names are of people: one has written back. */
    peer: (conn: string, name: string | undefined): PartyId | undefined =>
      name !== undefined && met.has(conn) && (written.get(conn)?.has(name) || heard.get(conn)?.has(name))
        ? shortId(name)
        : undefined,
  };
}

function draftOf(frame: ReadFrame, lanes: Lanes): NumberedDraft {
  const { conn, number, out, recognised, data, encoding } = frame;
  const own = lanes.name(conn);
  const protocol = lanes.protocol(conn);
  const dir = out ? 'c2s' : 's2c';
  const envelope = { kind: 'message', dir, protocol, encoding, raw: data, link: conn } as const;
  const other = (from: PartyId, to: PartyId, signals: Signal[]): NumberedDraft => ({ from, to, ...envelope, signals });
  const copied = lanes.delivery.copyOf(number);
  if (copied !== undefined) return other(SERVER, own, [{ type: 'other', label: `delivery of #${copied}` }]);
  const replayed = lanes.delivery.replayOf(number);
  if (replayed !== undefined) return other(SERVER, own, [{ type: 'other', label: `replay of #${replayed}` }]);
  if (recognised.found.length === 0) {
    const [from, to] = out ? [own, SERVER] : [SERVER, own];
    return other(from, to, [plainSignal(recognised)]);
  }
  const [from, to] = out ? [own, lanes.receiver(frame)] : [lanes.sender(frame), own];
  const between = { from, to, direct: (out ? to : from) === SERVER };
  const signals = recognised.found.map((one): Signal => {
    const pc = lanes.correlator.pcOf(one, between);
    return pc === undefined ? { type: 'other', label: recognised.name ?? one.signal.type } : { ...one.signal, pc };
  });
  return { from, to, ...envelope, signals: [...signals, ...asideSignals(recognised)] };
}
