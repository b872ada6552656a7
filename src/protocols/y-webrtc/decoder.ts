/**
 * Reads one connection to a y-webrtc server in order. The server sends what is published to all who subscribed, the
 * sender included, so a connection sees its own messages twice and those of others to others once.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { clip } from '../json.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { readSimplePeer } from '../simple-peer/signal.ts';
import { readYMessage, type YMessage } from './wire.ts';

export function createYDecoder({ client, server }: { client: PartyId; server: PartyId }): Decoder {
  /** What the client calls itself. */
  let self = client;
  const known = new Set<PartyId>();

  function announced(from: PartyId, out: boolean): Decoded {
    if (out) self = from;
    if (out || from === self) return out ? notice('announce', from, server) : echo();
    const fresh = !known.has(from);
    if (fresh && known.size < 1_000) known.add(from);
    // Announced again by somebody who is here: it looks for connections anew.
    const signal: Signal = fresh
      ? { type: 'presence', who: from, change: 'join' }
      : { type: 'notify', method: 'announce' };
    return { from, signals: [signal] };
  }

  function signalled(message: Extract<YMessage, { is: 'signal' }>, out: boolean): Decoded {
    const { from, to, signal } = message;
    if (out) self = from;
    else if (from === self) return echo();
    else if (to !== self) {
      const label = readSimplePeer(signal, '').map((one) => (one.type === 'other' ? one.label : one.type));
      return { from, to, signals: [{ type: 'other', label: clip(`${label.join(', ')} for ${to}`) }] };
    }
    return { from, to, signals: readSimplePeer(signal, pairId(from, to)) };
  }

  return {
    decode(frame: Frame) {
      const message = readYMessage(frame);
      const out = frame.direction === 'out';
      switch (message.is) {
        case 'announce':
          return announced(message.from, out);
        case 'signal':
          return signalled(message, out);
        case 'subscribe':
        case 'unsubscribe':
          return { signals: [{ type: 'request', method: message.is }] };
        case 'ping':
          return { signals: [{ type: 'request', method: 'ping' }] };
        case 'pong':
          return { signals: [{ type: 'response', method: 'ping', ok: true }] };
        case 'secret':
          return { signals: [{ type: 'other', label: 'encrypted: the room has a password' }] };
        case 'unknown':
          return { signals: [{ type: 'other', label: message.label }] };
      }
    },
  };
}

const notice = (method: string, from: PartyId, to: PartyId): Decoded => ({
  from,
  to,
  signals: [{ type: 'notify', method }],
});

const echo = (): Decoded => ({ signals: [{ type: 'other', label: 'own message, echoed' }] });
