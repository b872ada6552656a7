/** Captured frames as messages between the parties behind them, read without knowing the protocol. */
import type { PartyId, Signal } from '../../core/event.ts';
import { type Correlator, createCorrelator } from '../../protocols/recogniser/correlate.ts';
import { asideSignals, plainSignal } from '../../protocols/recogniser/decoder.ts';
import { createDelivery, type Delivery } from '../../protocols/recogniser/delivery.ts';
import { type Address, addressAround } from '../../protocols/recogniser/ids.ts';
import { createReader, type Reader } from '../../protocols/recogniser/reader.ts';
import type { Recognised } from '../../protocols/recogniser/recognise.ts';
import { systemOf } from '../../protocols/recogniser/systems.ts';
import type { CapturedFrame } from '../frame.ts';
import type { NumberedDraft } from '../importer.ts';
import { mdnNames } from './mdn-names.ts';
import { sessionNames } from './session-names.ts';

/** The lane of whatever relays: frames to it whose addressee is not known, and what it says by itself. */
export const SERVER: PartyId = 'server';

export type NumberedFrame = CapturedFrame & { readonly number: number };

/** A frame with what it holds, and who it says it is from and for. */
export interface ReadFrame extends NumberedFrame {
  readonly recognised: Recognised;
  readonly address: Address;
}

/** Who is behind each frame. */
interface Lanes {
  name(conn: string): PartyId;
  receiver(frame: ReadFrame): PartyId;
  sender(frame: ReadFrame): PartyId;
  readonly delivery: Delivery;
  readonly protocols: ReadonlyMap<string, string>;
  readonly correlator: Correlator;
}

/**
 * Frames with their event numbers, in the order of capture, become messages with those numbers. `client` names the lane
 * of all connections where nothing is passed on between them: one client that opened several. Times are the caller's.
 */
export function decodeFrames(frames: readonly NumberedFrame[], client?: PartyId): NumberedDraft[] {
  const readers = new Map<string, Reader>();
  const read = frames.map((frame): ReadFrame => {
    const { conn, data, encoding, out } = frame;
    const reader = readers.get(conn) ?? createReader();
    readers.set(conn, reader);
    const recognised = reader.read({ data, encoding, direction: out ? 'out' : 'in' });
    const [first] = recognised.found;
    const address = first === undefined ? { from: undefined, to: undefined } : addressAround(first.place);
    return { ...frame, recognised, address };
  });
  const lanes = lanesOf(read, client);
  return read.map((frame) => ({ ...draftOf(frame, lanes), seq: frame.number }));
}

function lanesOf(frames: readonly ReadFrame[], client: PartyId | undefined): Lanes {
  const mdn = mdnNames(frames);
  const delivery = createDelivery();
  for (const { number, conn, out, recognised } of frames) {
    const found = recognised.found.map(({ signal }) => signal);
    delivery.add({ number, conn, out, found, name: recognised.name });
  }
  const single = delivery.relays ? undefined : client;
  const name = (conn: string) => mdn.names.get(conn) ?? single ?? conn;
  const addresses = addressBook(frames);
  const conns = [...new Set(frames.map(({ conn }) => conn))];
  /** The other end of the last description on a connection, for messages that name nobody. */
  const talkers = sessionNames(frames);
  const remember = ({ conn, recognised }: ReadFrame, party: PartyId): PartyId => {
    if (recognised.found.some(({ signal }) => 'sdp' in signal)) talkers.set(conn, party);
    return party;
  };
  return {
    delivery,
    name,
    protocols: protocolsOf(frames),
    correlator: createCorrelator(),
    receiver(frame) {
      const { address, number, conn: own } = frame;
      const conn =
        addresses.get(address.to ?? '') ??
        delivery.receiver(number) ??
        (conns.length === 2 && delivery.relays ? conns.find((one) => one !== own) : undefined);
      const other = conn === undefined ? (talkers.get(own) ?? SERVER) : name(conn);
      return remember(frame, mdn.receiver(frame) ?? other);
    },
    sender: (frame) => remember(frame, mdn.sender(frame) ?? talkers.get(frame.conn) ?? SERVER),
  };
}

/** What was recognised on each connection; what one connection is, those are too where nothing tells. */
function protocolsOf(frames: readonly ReadFrame[]): Map<string, string> {
  const protocols = new Map<string, string>();
  for (const { conn, recognised } of frames) {
    const system = protocols.has(conn) ? undefined : systemOf(recognised);
    if (system !== undefined) protocols.set(conn, system);
  }
  const [first] = protocols.values();
  for (const { conn } of first === undefined ? [] : frames)
    if (!protocols.has(conn)) protocols.set(conn, first as string);
  return protocols;
}

function draftOf(frame: ReadFrame, lanes: Lanes): NumberedDraft {
  const { conn, number, out, recognised, data, encoding } = frame;
  const own = lanes.name(conn);
  const protocol = lanes.protocols.get(conn) ?? 'unknown';
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

/** Which connection is behind a name: the only one that says it is from there. */
function addressBook(frames: readonly ReadFrame[]): Map<string, string> {
  const book = new Map<string, string>();
  for (const { out, conn, address } of frames) {
    if (!out || address.from === undefined) continue;
    const known = book.get(address.from);
    book.set(address.from, known === undefined || known === conn ? conn : '');
  }
  for (const [name, conn] of book) if (conn === '') book.delete(name);
  return book;
}
