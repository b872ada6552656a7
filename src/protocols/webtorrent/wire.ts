/** One message of a WebTorrent tracker, read into typed values. Ids are 20 raw bytes, written as 20 characters. */
import { isObject, parseJson } from '../json.ts';
import type { Frame } from '../protocol.ts';

export interface TrackerOffer {
  readonly id: string;
  readonly offer: unknown;
}

/** What the members of a tracker's message say; absent ones are not there or not of their type. */
export interface TrackerMessage {
  readonly action?: string | undefined;
  readonly event?: string | undefined;
  readonly infoHash?: string | undefined;
  readonly peerId?: string | undefined;
  readonly toPeerId?: string | undefined;
  readonly offerId?: string | undefined;
  /** Of ours, for whoever they reach. */
  readonly offers: readonly TrackerOffer[];
  readonly offer?: unknown;
  readonly answer?: unknown;
  readonly failure?: string | undefined;
  readonly warning?: string | undefined;
  /** Seconds until the next announcement is due. */
  readonly interval?: number | undefined;
  /** How many are in the swarm, with us. */
  readonly peers?: number | undefined;
}

/** A hostile frame can hold more offers than any client makes. */
const MAX_OFFERS = 100;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** Reads one frame; `fault` says why it is no message. Never throws. */
export function readTracker(frame: Frame): TrackerMessage | { readonly fault: string } {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const body = parseJson(frame.data);
  if (!isObject(body)) return { fault: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  const offers = Array.isArray(body.offers) ? body.offers : [];
  const [complete, incomplete] = [count(body.complete), count(body.incomplete)];
  return {
    action: text(body.action),
    event: text(body.event),
    infoHash: text(body.info_hash),
    peerId: text(body.peer_id),
    toPeerId: text(body.to_peer_id),
    offerId: text(body.offer_id),
    offers: offers.slice(0, MAX_OFFERS).flatMap((one): TrackerOffer[] => {
      const id = isObject(one) ? text(one.offer_id) : undefined;
      return isObject(one) && id !== undefined ? [{ id, offer: one.offer }] : [];
    }),
    offer: body.offer,
    answer: body.answer,
    failure: text(body['failure reason']),
    warning: text(body['warning message']),
    interval: count(body.interval),
    peers: complete === undefined && incomplete === undefined ? undefined : (complete ?? 0) + (incomplete ?? 0),
  };
}

/**
 * The 20 bytes of an info hash, as characters, out of 40 hex digits or a magnet link with them. Undefined for anything
 * else.
 */
export function infoHashOf(room: string): string | undefined {
  const hex = /(?:^|urn:btih:)([0-9a-f]{40})(?:$|&)/i.exec(room)?.[1];
  return hex?.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
}
