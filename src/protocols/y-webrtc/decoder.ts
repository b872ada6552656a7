/**
 * Reads one connection to a y-webrtc server in order. The server sends what is published to all who subscribed, the
 * sender included, so a connection sees its own messages twice and those of others to others once.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { echoOf } from '../echoes.ts';
import { clip } from '../json.ts';
import type { Copied, Decoded, Decoder, Frame, Provocation } from '../protocol.ts';
import { NO_INITIATOR, RENEGOTIATE, readSimplePeer } from '../simple-peer/signal.ts';
import { readYMessage, type YMessage } from './wire.ts';

type SignalMessage = Extract<YMessage, { is: 'signal' }>;

export function createYDecoder({ client, server }: { client: PartyId; server: PartyId }): Decoder {
  /** What the client calls itself. */
  let self = client;
  const known = new Set<PartyId>();
  /** The newest offer from or to the client: whoever made it is asked for another one. */
  let call: (SignalMessage & { readonly ours: boolean }) | undefined;

  function announced(from: PartyId, out: boolean): Decoded {
    if (out) self = from;
    const own = notice('announce', from, server);
    if (out || from === self) return out ? own : echoOf(own);
    const fresh = !known.has(from);
    if (fresh && known.size < 1_000) known.add(from);
    // Announced again by somebody who is here: it looks for connections anew.
    const signal: Signal = fresh
      ? { type: 'presence', who: from, change: 'join' }
      : { type: 'notify', method: 'announce' };
    return { from, signals: [signal] };
  }

  function signalled(message: SignalMessage, out: boolean): Decoded {
    const { from, to, signal } = message;
    const signals = readSimplePeer(signal, pairId(from, to));
    if (out) self = from;
    else if (from === self) return echoOf({ from, to, signals });
    else if (to !== self) return forAnother({ from, to, signals });
    if (signals.some(({ type }) => type === 'offer')) call = { ...message, ours: out };
    return { from, to, signals };
  }

  /** As the other end of the call would publish it. */
  function provoke(): Provocation {
    if (call === undefined) return { why: NO_INITIATOR };
    const { topic, from: to, to: from, token, ours } = call;
    const data = { to, from, type: 'signal', token, signal: RENEGOTIATE };
    return { to: ours ? 'client' : 'server', raw: JSON.stringify({ type: 'publish', topic, data }) };
  }

  return {
    provoke,
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

/** Everybody hears it, also those it is not for. */
function forAnother(copies: Copied): Decoded {
  const { from, to, signals } = copies;
  const label = signals.map((one) => (one.type === 'other' ? one.label : one.type));
  return { from, to, signals: [{ type: 'other', label: clip(`${label.join(', ')} for ${to}`) }], copies };
}

const notice = (method: string, from: PartyId, to: PartyId): Copied => ({
  from,
  to,
  signals: [{ type: 'notify', method }],
});
