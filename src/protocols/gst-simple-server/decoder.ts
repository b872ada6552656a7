/** Reads one connection to a simple_server in order: it remembers with whom the client is in session. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { clip } from '../json.ts';
import type { Decoded, Decoder } from '../protocol.ts';
import { namesIn, readGst, readPeerValue } from './wire.ts';

/** Who called us, which the server does not say. */
export const PEER: PartyId = 'peer';

export function createGstDecoder({ client }: { client: PartyId }): Decoder {
  /** The peer the client has asked for a session with. */
  let asked: PartyId | undefined;
  let talker: PartyId = PEER;

  function word(what: string, rest: string, out: boolean): Decoded {
    switch (what) {
      case 'OFFER_REQUEST': {
        const other = rest || talker;
        const ends = out ? { from: client, to: other } : { from: other, to: client };
        return { ...ends, signals: [{ type: 'request', method: what, pc: pairId(client, other) }] };
      }
      case 'SESSION':
        asked = rest;
        break;
      case 'SESSION_OK':
        talker = asked ?? PEER;
    }
    return { signals: [wordSignal(what, rest, out), ...present(what, rest)] };
  }

  return {
    decode(frame) {
      const message = readGst(frame);
      const out = frame.direction === 'out';
      if (message.is === 'unknown') return { signals: [{ type: 'other', label: message.label }] };
      if (message.is === 'word') return word(message.word, message.rest, out);
      const other = message.party ?? talker;
      const ends = out ? { from: client, to: other } : { from: other, to: client };
      return { ...ends, signals: readPeerValue(message.value, pairId(client, other)) };
    },
  };
}

function wordSignal(what: string, rest: string, out: boolean): Signal {
  switch (what) {
    case 'HELLO':
    case 'SESSION':
    case 'ROOM':
      return out ? { type: 'request', method: what } : { type: 'response', method: what, ok: true };
    case 'SESSION_OK':
    case 'ROOM_OK':
      return { type: 'response', method: what.slice(0, -3), ok: true };
    case 'ROOM_PEER_JOINED':
    case 'ROOM_PEER_LEFT':
      return { type: 'presence', who: rest, change: what === 'ROOM_PEER_LEFT' ? 'leave' : 'join' };
    case 'ERROR':
      return { type: 'response', method: 'ERROR', ok: false };
    default:
      return { type: 'other', label: clip(what) };
  }
}

const present = (what: string, rest: string): Signal[] =>
  what === 'ROOM_OK' ? namesIn(rest).map((who) => ({ type: 'presence', who, change: 'join' })) : [];
