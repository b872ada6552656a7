/**
 * Reads AppRTC's traffic of one client: Collider's WebSocket, and the room server's HTTP. The initiator's messages go by
 * HTTP, so a WebSocket alone shows an answer without its offer.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import type { Decoded, Decoder, Frame, HttpHead } from '../protocol.ts';
import { readCollider, readJoined, readPeerMessage } from './wire.ts';

/** How the other one in the room is called. */
export const PEER: PartyId = 'peer';

export function createApprtcDecoder({ client }: { client: PartyId }): Decoder {
  const pc = pairId(client, PEER);
  const ours = { from: client, to: PEER };
  const theirs = { from: PEER, to: client };

  function socket(frame: Frame): Decoded {
    const message = readCollider(frame.data);
    const out = frame.direction === 'out';
    switch (message.is) {
      case 'register':
        return { signals: [{ type: 'request', method: 'register' }] };
      case 'message':
        return { ...(out ? ours : theirs), signals: [readPeerMessage(message.text, pc)] };
      case 'error':
        return { signals: [{ type: 'response', method: 'register', ok: false }] };
      case 'unknown':
        return { signals: [{ type: 'other', label: message.label }] };
    }
  }

  function http({ data, direction }: Frame, head: HttpHead): Decoded {
    const [, what = ''] = /\/(join|message|leave)\/[^?]*/.exec(head.url) ?? [];
    if (direction === 'out') {
      if (what === 'message') return { ...ours, signals: [readPeerMessage(data, pc)] };
      return { signals: [{ type: 'request', method: what || head.method, headers: {} }] };
    }
    const status = 'status' in head ? head.status : 0;
    const answer = readJoined(data);
    const ok = status < 400 && (answer === undefined || answer.result === 'SUCCESS');
    const response: Signal = { type: 'response', method: what || head.method, ok, status, headers: {} };
    if (what !== 'join' || answer === undefined || answer.messages.length === 0) return { signals: [response] };
    return { ...theirs, signals: [response, ...answer.messages.map((text) => readPeerMessage(text, pc))] };
  }

  return {
    decode(frame) {
      if (frame.encoding === 'base64') return { signals: [{ type: 'other', label: 'binary frame' }] };
      return frame.http === undefined ? socket(frame) : http(frame, frame.http);
    },
  };
}
