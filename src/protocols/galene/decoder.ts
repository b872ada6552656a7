/** Reads one connection to Galène in order: one stream is one peer connection, and one direction. */
import type { PartyId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { httpSignal } from '../http.ts';
import { clip } from '../json.ts';
import type { Decoded, Decoder, Provocation } from '../protocol.ts';
import { type GaleneMessage, readGalene, readStream, senderOf, streamPc } from './wire.ts';

export function createGaleneDecoder({ client, server }: { client: PartyId; server: PartyId }): Decoder {
  /** Who sends the streams we receive. */
  const senders = new Map<string, PartyId>();
  const users = new Map<string, PartyId>();
  /** Streams that are there, the newest last, and who offers them. */
  const live = new Map<string, 'client' | 'server'>();

  /** Everything goes through the server; what is about a stream we receive is between us and its sender. */
  function ends({ id }: GaleneMessage, out: boolean): { from: PartyId; to: PartyId } {
    const other = senders.get(id) ?? server;
    return out ? { from: client, to: other } : { from: other, to: client };
  }

  function user(message: GaleneMessage): Signal {
    const who = message.username || users.get(message.id) || message.id;
    remember(users, message.id, who);
    if (message.kind === 'add') return { type: 'presence', who, change: 'join' };
    if (message.kind === 'delete') return { type: 'presence', who, change: 'leave' };
    return { type: 'notify', method: 'user' };
  }

  function offered(message: GaleneMessage, out: boolean): Decoded {
    if (!out) remember(senders, message.id, senderOf(message, server));
    remember(live, message.id, out ? 'client' : 'server');
    live.delete(message.replace);
    const replaced: Signal[] = message.replace === '' ? [] : [{ type: 'bye', pc: streamPc(message.replace, client) }];
    return { ...ends(message, out), signals: [readStream(message, streamPc(message.id, client)), ...replaced] };
  }

  function decode(message: GaleneMessage, out: boolean): Decoded {
    const pc = streamPc(message.id, client);
    switch (message.type) {
      case 'offer':
        return offered(message, out);
      case 'answer':
      case 'ice':
        return { ...ends(message, out), signals: [readStream(message, pc)] };
      case 'close':
      case 'abort':
        live.delete(message.id);
        return { ...ends(message, out), signals: [{ type: 'bye', pc }] };
      case 'renegotiate':
      case 'requestStream':
        return { ...ends(message, out), signals: [{ type: 'request', method: message.type, pc }] };
      case 'joined':
        return { signals: [{ type: 'response', method: 'join', ok: message.kind !== 'fail' }] };
      case 'ping':
      case 'join':
      case 'request':
        return { signals: [{ type: 'request', method: message.type }] };
      case 'pong':
        return { signals: [{ type: 'response', method: 'ping', ok: true }] };
      case 'user':
        return { signals: [user(message)] };
      case 'handshake':
        return { signals: [{ type: 'notify', method: message.type }] };
      default:
        return { signals: [{ type: 'other', label: clip(`${message.type} ${message.kind}`.trim()) }] };
    }
  }

  /** Who takes a stream may ask for another offer, and gets one that restarts ICE. */
  function provoke(): Provocation {
    const [id, to] = [...live].at(-1) ?? [];
    if (id === undefined || to === undefined) return { why: 'there is no stream: nobody has offered one yet' };
    return { to, raw: JSON.stringify({ type: 'renegotiate', id }) };
  }

  return {
    provoke,
    decode(frame) {
      // The status of the group.
      if (frame.http !== undefined) return { signals: [httpSignal(frame.http)] };
      const message = readGalene(frame);
      if ('fault' in message) return { signals: [{ type: 'other', label: message.fault }] };
      return decode(message, frame.direction === 'out');
    },
  };
}
