/** Reads a connection to ion-sfu: the client offers on `publisher`, the server on `subscriber`. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { clip, readCandidateInit, readDescriptionInit } from '../json.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { type IonMessage, PUBLISHER, readIon, SUBSCRIBER, targetOf } from './wire.ts';

/** Requests whose result is still to come; the oldest are forgotten. */
const MOST_OPEN = 100;

export function createIonDecoder({ client }: { readonly client: PartyId }): Decoder {
  /** What was asked for by a number. */
  const open = new Map<number, string>();

  const between = (peer: PartyId, out: boolean, ...signals: readonly Signal[]): Decoded =>
    out ? { from: client, to: peer, signals } : { from: peer, to: client, signals };

  function called(message: Extract<IonMessage, { is: 'call' }>, out: boolean): Decoded {
    const { method, params, id } = message;
    if (id !== undefined && out) remember(open, id, method, MOST_OPEN);
    const pc = (peer: PartyId) => pairId(client, peer);
    switch (method) {
      case 'join':
        return between(PUBLISHER, out, readDescriptionInit(params.offer, 'join', pc(PUBLISHER), 'offer'));
      case 'offer': {
        // What the server notifies is the description itself.
        const [peer, value] = out ? [PUBLISHER, params.desc] : [SUBSCRIBER, params];
        return between(peer, out, readDescriptionInit(value, 'offer', pc(peer), 'offer'));
      }
      case 'answer':
        return between(SUBSCRIBER, out, readDescriptionInit(params.desc, 'answer', pc(SUBSCRIBER), 'answer'));
      case 'trickle': {
        const peer = targetOf(params) ?? PUBLISHER;
        return between(peer, out, readCandidateInit(params.candidate, 'trickle', pc(peer)));
      }
      default:
        return { signals: [{ type: out ? 'request' : 'notify', method: clip(method) }] };
    }
  }

  function answered({ id, result }: Extract<IonMessage, { is: 'result' }>): Decoded {
    const method = open.get(id) ?? '';
    open.delete(id);
    if (method !== 'join' && method !== 'offer')
      return { signals: [{ type: 'response', method: clip(method), ok: true }] };
    const answer = readDescriptionInit(result, method, pairId(client, PUBLISHER), 'answer');
    return between(PUBLISHER, false, answer);
  }

  return {
    decode(frame: Frame) {
      const message = readIon(frame);
      if (message === undefined) return { signals: [{ type: 'other', label: 'no JSON-RPC' }] };
      if (message.is === 'call') return called(message, frame.direction === 'out');
      if (message.is === 'result') return answered(message);
      const method = open.get(message.id) ?? 'request';
      return { signals: [{ type: 'response', method: clip(`${method}: ${message.why}`), ok: false }] };
    },
  };
}
