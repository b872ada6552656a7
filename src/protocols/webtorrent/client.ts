/**
 * renego in a swarm: it announces itself, and takes the offers the tracker passes on. An offer of ours goes to whom the
 * tracker picks; who that was, only the answer tells.
 */

import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { clip, readDescriptionInit } from '../json.ts';
import { idMaker } from '../new-id.ts';
import type { Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { shortId } from '../recogniser/ids.ts';
import { infoHashOf, readTracker, type TrackerMessage } from './wire.ts';

/** Whom our offers are for. */
export const SWARM: PartyId = 'swarm';

/** Two minutes, where the tracker does not say. */
const INTERVAL_S = 120;
const MIN_INTERVAL_S = 1;
/** As a peer that has nothing yet and wants it. */
const PROGRESS = { uploaded: 0, downloaded: 0, left: 1 };

export function createTrackerClient(options: ClientOptions): Client {
  const { as, room = '' } = options;
  const newId = idMaker(options);
  const infoHash = infoHashOf(room);
  const peerId = `-RN0010-${newId(12)}`;
  /** Whom we are in a call with. */
  const calls = new Map<PcId, PartyId>();
  /** Ids on the wire of the peer connections we know, and who offered them. */
  const offers = new Map<PcId, { readonly offerId: string; readonly peerId?: string }>();
  let joined = false;

  const announce = (more: object): ClientOutput => ({
    do: 'send',
    raw: JSON.stringify({ action: 'announce', info_hash: infoHash ?? '', peer_id: peerId, ...more }),
  });

  function answered({ failure, warning, peers, interval, ...message }: TrackerMessage): readonly ClientOutput[] {
    if (failure !== undefined) {
      const detail = clip(failure);
      return [joined ? { do: 'problem', code: 'TRACKER_REFUSED', detail } : { do: 'refused', why: detail }];
    }
    const outputs: ClientOutput[] =
      warning === undefined ? [] : [{ do: 'problem', code: 'TRACKER_WARNS', detail: clip(warning) }];
    if (message.infoHash !== infoHash || peers === undefined) return outputs;
    if (!joined) outputs.push({ do: 'joined', as });
    joined = true;
    const after = Math.max(interval ?? INTERVAL_S, MIN_INTERVAL_S) * 1_000;
    outputs.push({ do: 'wake', id: 'announce', after });
    if (peers > 1) outputs.push({ do: 'presence', who: SWARM, change: 'join' });
    return outputs;
  }

  function offered(message: TrackerMessage, whose: string, offerId: string): readonly ClientOutput[] {
    const pc = shortId(offerId);
    const from = shortId(whose);
    // Every announcement of a peer comes with new offers; with whom we have a call there is no need of another.
    if ([...calls.values()].includes(from)) return [];
    const signal = readDescriptionInit(message.offer, 'offer', pc, 'offer');
    if (signal.type !== 'offer') return [];
    remember(offers, pc, { offerId, peerId: whose });
    remember(calls, pc, from);
    return [{ do: 'signal', from, signal }];
  }

  function heard(message: TrackerMessage): readonly ClientOutput[] {
    const { peerId: whose, offerId } = message;
    if (whose === undefined || offerId === undefined) return answered(message);
    if (whose === peerId || message.infoHash !== infoHash) return [];
    if (message.offer !== undefined) return offered(message, whose, offerId);
    const pc = shortId(offerId);
    const signal = readDescriptionInit(message.answer, 'answer', pc, 'answer');
    // One answer for each offer, and for no other.
    if (signal.type === 'other' || !offers.delete(pc)) return [];
    return [{ do: 'signal', from: SWARM, signal }];
  }

  function encode(signal: Signal): readonly ClientOutput[] | undefined {
    switch (signal.type) {
      case 'offer': {
        const offer = { type: 'offer', sdp: signal.sdp };
        const offerId = offers.get(signal.pc)?.offerId ?? signal.pc;
        return [announce({ ...PROGRESS, numwant: 1, offers: [{ offer, offer_id: offerId }] })];
      }
      case 'answer': {
        const { offerId = signal.pc, peerId: to } = offers.get(signal.pc) ?? {};
        const answer = { type: 'answer', sdp: signal.sdp };
        return [announce({ ...(to !== undefined && { to_peer_id: to }), answer, offer_id: offerId })];
      }
      default:
        return undefined;
    }
  }

  return {
    opened() {
      if (infoHash !== undefined) return [announce({ ...PROGRESS, numwant: 0, event: 'started', offers: [] })];
      const hint = 'Name the torrent with --room, by the 40 hex digits of its info hash or by a magnet link.';
      return [{ do: 'refused', why: 'without an info hash there is no swarm to join', hint }];
    },
    received(frame) {
      const message = readTracker(frame);
      return 'fault' in message ? [] : heard(message);
    },
    woken: () => [announce({ ...PROGRESS, numwant: 0, offers: [] })],
    newPc(to) {
      const pc = newId(20);
      remember(offers, pc, { offerId: pc });
      remember(calls, pc, to);
      return pc;
    },
    encode,
    ended: (_to, pc) => void calls.delete(pc),
    leave: () => (joined ? [announce({ ...PROGRESS, numwant: 0, event: 'stopped' })] : []),
  };
}
