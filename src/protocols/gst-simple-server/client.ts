/**
 * renego at a simple_server: HELLO with our name, then a session with the one peer to call, or a room. Who only waits is
 * not told who calls: the first it hears is the offer.
 */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { clip } from '../json.ts';
import type { Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { PEER } from './decoder.ts';
import { namesIn, readGst, readPeerValue } from './wire.ts';

/** How long to wait before a session is asked for again with somebody who is not there, or busy. */
const AGAIN_MS = 2_000;

export function createGstClient({ as, room, to: told }: ClientOptions): Client {
  let phase: 'hello' | 'waiting' | 'in' = 'hello';
  let talker: PartyId = PEER;
  let met = false;

  const send = (raw: string): ClientOutput => ({ do: 'send', raw });
  const join = (who: PartyId): ClientOutput => ({ do: 'presence', who, change: 'join' });
  const session = (): ClientOutput => send(`SESSION ${told}`);
  /** In a room everything for a peer says for whom it is. */
  const toPeer = (who: PartyId, text: string): ClientOutput =>
    send(room === undefined ? text : `ROOM_PEER_MSG ${who} ${text}`);

  function welcomed(): readonly ClientOutput[] {
    const joined: ClientOutput = { do: 'joined', as };
    if (room !== undefined) {
      phase = 'waiting';
      return [send(`ROOM ${room}`)];
    }
    phase = told === undefined ? 'in' : 'waiting';
    return told === undefined ? [joined] : [joined, session()];
  }

  function refused(why: string): readonly ClientOutput[] {
    if (phase === 'hello') return [{ do: 'refused', why, hint: 'Choose another name with --as.' }];
    const problem: ClientOutput = { do: 'problem', code: 'SERVER_ERROR', detail: why };
    const again = phase === 'waiting' && room === undefined;
    return again ? [problem, { do: 'wake', id: 'session', after: AGAIN_MS }] : [problem];
  }

  function word(what: string, rest: string): readonly ClientOutput[] {
    switch (what) {
      case 'HELLO':
        return phase === 'hello' ? welcomed() : [];
      case 'SESSION_OK':
        if (phase !== 'waiting' || told === undefined) return [];
        phase = 'in';
        talker = told;
        return [join(told)];
      case 'ROOM_OK':
        if (phase !== 'waiting') return [];
        phase = 'in';
        return [{ do: 'joined', as }, ...namesIn(rest).map(join)];
      case 'ROOM_PEER_JOINED':
        return namesIn(rest).map(join);
      case 'ROOM_PEER_LEFT':
        return namesIn(rest).map((who) => ({ do: 'presence', who, change: 'leave' }));
      case 'OFFER_REQUEST':
        return [{ do: 'wanted', from: rest || talker, iceRestart: false }];
      case 'ERROR':
        return refused(clip(rest || 'the server reports an error'));
      default:
        return [];
    }
  }

  function heard(party: PartyId | undefined, value: unknown): readonly ClientOutput[] {
    const from = party ?? talker;
    const signals = readPeerValue(value, pairId(as, from)).filter(({ type }) => type !== 'other');
    const outputs = signals.map((signal): ClientOutput => ({ do: 'signal', from, signal }));
    if (outputs.length === 0 || met || party !== undefined || talker !== PEER) return outputs;
    // Who calls us is not announced.
    met = true;
    return [...outputs, join(from)];
  }

  return {
    opened: () =>
      /\s/.test(as)
        ? [
            {
              do: 'refused',
              why: `the name '${as}' has a space in it, which ends a word here`,
              hint: 'Choose another.',
            },
          ]
        : [send(`HELLO ${as}`)],
    received(frame) {
      const message = readGst(frame);
      if (message.is === 'unknown') return [];
      return message.is === 'word' ? word(message.word, message.rest) : heard(message.party, message.value);
    },
    woken: () => (phase === 'waiting' ? [session()] : []),
    encode(signal, to) {
      if (signal.type === 'end-of-candidates') return [];
      const message = peerMessage(signal);
      return message && [toPeer(to, JSON.stringify(message))];
    },
    ask: (_what, to) => [toPeer(to, 'OFFER_REQUEST')],
  };
}

function peerMessage(signal: Signal): object | undefined {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return { sdp: { type: signal.type, sdp: signal.sdp } };
    case 'rollback':
      return { sdp: { type: 'rollback', sdp: '' } };
    case 'candidate':
      return {
        ice: {
          candidate: signal.candidate,
          // GStreamer goes by the index alone.
          sdpMLineIndex: signal.mLine ?? 0,
          ...(signal.mid !== undefined && { sdpMid: signal.mid }),
          ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
        },
      };
    default:
      return undefined;
  }
}
