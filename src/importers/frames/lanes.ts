/** Captured frames as messages between the parties behind them, read without knowing the protocol. */
import { type CorrelationIds, sharedId, shortId, sipIds } from '../../core/correlate.ts';
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { createDelivery } from '../delivery.ts';
import type { CapturedFrame } from '../frame.ts';
import type { NumberedDraft } from '../importer.ts';
import { endsCall } from '../sip-end.ts';

/** The lane of whatever relays: frames to it whose addressee is not known, and what it says by itself. */
export const SERVER: PartyId = 'server';

export type NumberedFrame = CapturedFrame & { readonly number: number };

/** Who is behind each frame. */
interface Lanes {
  readonly mdn: boolean;
  name(conn: string): PartyId;
  /** The frame this one is a copy of, as the server passed it on. */
  copyOf(number: number): number | undefined;
  /** Which of the correlation ids tells peer connections apart. */
  readonly shared: number | undefined;
  receiver(frame: CapturedFrame, number: number): PartyId;
  sender(frame: CapturedFrame): PartyId;
}

/**
 * Frames with their event numbers, in the order of capture, become messages with those numbers. `client` names the lane
 * of all connections where nothing is passed on between them: one client that opened several. Times are the caller's.
 */
export function decodeFrames(frames: readonly NumberedFrame[], client?: PartyId): NumberedDraft[] {
  const lanes = lanesOf(frames, client);
  return frames.map((frame) => ({ ...draftOf(frame, frame.number, lanes), seq: frame.number }));
}

function lanesOf(frames: readonly NumberedFrame[], client: PartyId | undefined): Lanes {
  const mdn = frames.some(({ message }) => message.type === 'video-offer' || message.type === 'new-ice-candidate');
  const names = new Map<string, PartyId>();
  const delivery = createDelivery();
  for (const frame of frames) {
    const { name } = frame.message;
    if (mdn && frame.out && typeof name === 'string' && !names.has(frame.conn)) names.set(frame.conn, name);
    delivery.add(frame);
  }
  const single = delivery.relays ? undefined : client;
  const name = (conn: string) => names.get(conn) ?? single ?? conn;
  const addresses = addressBook(frames);
  const conns = [...new Set(frames.map(({ conn }) => conn))];
  const stated = (value: unknown) => (mdn && typeof value === 'string' ? value : undefined);
  /** The other end of the last description on a connection, for messages that name nobody. */
  const talkers = new Map<string, PartyId>();
  const remember = (frame: CapturedFrame, party: PartyId): PartyId => {
    if (frame.found.some((signal) => 'sdp' in signal)) talkers.set(frame.conn, party);
    return party;
  };
  return {
    mdn,
    name,
    copyOf: delivery.copyOf,
    shared: sharedId(frames.flatMap(sightings)),
    receiver(frame, number) {
      const conn =
        addresses.get(frame.address.to ?? '') ??
        delivery.receiver(number) ??
        (conns.length === 2 && delivery.relays ? conns.find((one) => one !== frame.conn) : undefined);
      return remember(
        frame,
        stated(frame.message.target) ?? (conn === undefined ? (talkers.get(frame.conn) ?? SERVER) : name(conn)),
      );
    },
    sender: (frame) => remember(frame, stated(frame.message.name) ?? talkers.get(frame.conn) ?? SERVER),
  };
}

function draftOf(frame: CapturedFrame, number: number, lanes: Lanes): NumberedDraft {
  const own = lanes.name(frame.conn);
  const envelope = {
    kind: 'message',
    protocol: lanes.mdn ? 'mdn' : 'unknown',
    encoding: frame.encoding,
    raw: frame.data,
    link: frame.conn,
  } as const;
  const copied = lanes.copyOf(number);
  if (copied !== undefined) {
    return { from: SERVER, to: own, ...envelope, signals: [{ type: 'other', label: `delivery of #${copied}` }] };
  }
  if (frame.found.length === 0) {
    const [from, to] = frame.out ? [own, SERVER] : [SERVER, own];
    return { from, to, ...envelope, signals: [callEnd(frame, lanes) ?? plainSignal(frame, own)] };
  }
  const [from, to] = frame.out ? [own, lanes.receiver(frame, number)] : [lanes.sender(frame), own];
  const pair = pairId(from, to);
  const pcOf = (ids: CorrelationIds | undefined): string => {
    const id = lanes.shared === undefined ? undefined : ids?.[lanes.shared];
    return id === undefined ? pair : shortId(id);
  };
  const signals = frame.found.map((signal, i): Signal => ({ ...signal, pc: pcOf(frame.ids[i]) }));
  return { from, to, ...envelope, signals };
}

/** Which connection is behind a name: the only one that says it is from there. */
function addressBook(frames: readonly CapturedFrame[]): Map<string, string> {
  const book = new Map<string, string>();
  for (const { out, conn, address } of frames) {
    if (!out || address.from === undefined) continue;
    const known = book.get(address.from);
    book.set(address.from, known === undefined || known === conn ? conn : '');
  }
  for (const [name, conn] of book) if (conn === '') book.delete(name);
  return book;
}

/** The descriptions of a frame with their ids. */
function sightings({ found, ids }: CapturedFrame) {
  return found.flatMap((signal, i) => ('sdp' in signal ? [{ offer: signal.type === 'offer', ids: ids[i] ?? [] }] : []));
}

/** SIP says goodbye without SDP; the Call-ID tells to which call. */
function callEnd({ data }: CapturedFrame, lanes: Lanes): Signal | undefined {
  if (lanes.shared === undefined || !endsCall(data)) return undefined;
  const id = sipIds(data)[lanes.shared];
  return id === undefined ? undefined : { type: 'bye', pc: shortId(id) };
}

/** What a frame without description or candidate is called. */
function plainSignal({ message, out, encoding }: CapturedFrame, own: PartyId): Signal {
  const { type } = message;
  if (out && type === 'username') return { type: 'presence', who: own, change: 'join' };
  if (typeof type === 'string' && type !== '') return { type: 'other', label: type.slice(0, 40) };
  return { type: 'other', label: encoding === 'base64' ? 'binary frame' : 'frame' };
}
