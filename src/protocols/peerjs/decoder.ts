/** Reads the frames of one connection to a PeerServer in order. One peer connection is one `connectionId`. */

import { type PartyId, type PcId, pairId, type Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { clip, readCandidateInit, readDescriptionInit } from '../json.ts';
import type { Decoded, Decoder } from '../protocol.ts';
import { shortId } from '../recogniser/ids.ts';
import { type PeerJsMessage, readPeerJs } from './wire.ts';

export function createPeerJsDecoder({ client }: { client: PartyId }): Decoder {
  let self = client;
  /** Connections that are told of, and with whom. */
  const connections = new Map<PcId, PartyId>();

  function about(message: PeerJsMessage, other: PartyId): Signal {
    const pc = message.connectionId === undefined ? pairId(self, other) : shortId(message.connectionId);
    switch (message.type) {
      case 'OFFER':
      case 'ANSWER':
        remember(connections, pc, other);
        return readDescriptionInit(
          message.payload.sdp,
          message.type,
          pc,
          message.type === 'OFFER' ? 'offer' : 'answer',
        );
      default:
        return readCandidateInit(message.payload.candidate, 'CANDIDATE', pc);
    }
  }

  function byes(other: PartyId): Signal[] {
    const ended = [...connections].filter(([, party]) => party === other).map(([pc]) => pc);
    for (const pc of ended) connections.delete(pc);
    return ended.map((pc) => ({ type: 'bye', pc }));
  }

  function decode(message: PeerJsMessage, out: boolean): Decoded {
    const other = out ? message.dst : message.src;
    const ends = other === undefined ? {} : out ? { from: self, to: other } : { from: other, to: self };
    switch (message.type) {
      case 'OFFER':
      case 'ANSWER':
      case 'CANDIDATE':
        return { ...ends, signals: [about(message, other ?? 'peer')] };
      case 'LEAVE': {
        const ended = other === undefined ? [] : byes(other);
        return { ...ends, signals: ended.length > 0 ? ended : [{ type: 'notify', method: 'LEAVE' }] };
      }
      case 'ID-TAKEN':
      case 'INVALID-KEY':
      case 'ERROR':
        return { signals: [{ type: 'response', method: message.type, ok: false }] };
      case 'OPEN':
        return { signals: [{ type: 'response', method: 'OPEN', ok: true }] };
      case 'EXPIRE':
      case 'HEARTBEAT':
        return { signals: [{ type: 'notify', method: message.type }] };
      default:
        return { ...ends, signals: [{ type: 'other', label: clip(message.type) }] };
    }
  }

  return {
    decode(frame) {
      const message = readPeerJs(frame);
      if ('fault' in message) return { signals: [{ type: 'other', label: message.fault }] };
      const out = frame.direction === 'out';
      // Who we are stands in the address; what is for us says it too.
      if (!out && message.dst !== undefined) self = message.dst;
      return decode(message, out);
    },
  };
}
