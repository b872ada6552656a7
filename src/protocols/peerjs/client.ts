/**
 * renego at a PeerServer: the address carries who we are, `OPEN` lets us in, a heartbeat keeps us there. Nobody says who
 * else is there, so we call whom we are told to. One `connectionId` is one peer connection and one offer.
 */

import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { readCandidateInit, readDescriptionInit } from '../json.ts';
import { idMaker } from '../new-id.ts';
import type { Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { shortId } from '../recogniser/ids.ts';
import { type PeerJsMessage, readPeerJs } from './wire.ts';

/** One connection: with whom, what it is called on the wire, and what PeerJS takes it for. */
interface Connection {
  readonly party: PartyId;
  readonly connectionId: string;
  readonly type: string;
}

const HEARTBEAT_MS = 5_000;
/** Of the library whose messages these are. */
const VERSION = '1.5.5';
const HAS_MEDIA = /^m=(?:audio|video) /m;

/** The WebSocket of a PeerServer, whose address renego was given with or without its end. Undefined for what is none. */
export function peerServerUrl(url: string, query: Readonly<Record<string, string>>): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  address.protocol = address.protocol.replace(/^http/, 'ws');
  if (!/\/peerjs$/.test(address.pathname)) address.pathname = `${address.pathname.replace(/\/$/, '')}/peerjs`;
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** What the server says of why it will not have us. */
const reason = ({ payload }: PeerJsMessage, otherwise: string): string =>
  typeof payload.msg === 'string' ? payload.msg : otherwise;

export function createPeerJsClient(options: ClientOptions): Client {
  const { as, to: told, url = '', params = {}, media = ['data'] } = options;
  const newId = idMaker(options);
  const calls = new Map<PcId, Connection>();
  const type = media.some((kind) => kind !== 'data') ? 'media' : 'data';
  let phase: 'new' | 'open' | 'in' = 'new';

  const json = (message: object): ClientOutput => ({ do: 'send', raw: JSON.stringify(message) });

  function join(message: PeerJsMessage): readonly ClientOutput[] {
    switch (message.type) {
      case 'OPEN': {
        phase = 'in';
        const other: ClientOutput[] = told === undefined ? [] : [{ do: 'presence', who: told, change: 'join' }];
        return [{ do: 'joined', as }, { do: 'wake', id: 'heartbeat', after: HEARTBEAT_MS }, ...other];
      }
      case 'ID-TAKEN':
        return [{ do: 'refused', why: `the name ${as} is taken`, hint: 'Choose another with --as.' }];
      case 'INVALID-KEY':
      case 'ERROR': {
        const why = reason(message, 'the server reports an error');
        if (phase === 'in') return [{ do: 'problem', code: 'SERVER_ERROR', detail: why }];
        return [
          { do: 'refused', why, hint: 'The key is set with --param key=…; PeerServer calls its default peerjs.' },
        ];
      }
      default:
        return [];
    }
  }

  /** Every call with that party is over, as PeerJS itself takes it. */
  function gone(who: PartyId): readonly ClientOutput[] {
    const ended = [...calls].filter(([, { party }]) => party === who).map(([pc]) => pc);
    for (const pc of ended) calls.delete(pc);
    return ended.map((pc) => ({ do: 'signal', from: who, signal: { type: 'bye', pc } }));
  }

  function heard(message: PeerJsMessage, src: PartyId): readonly ClientOutput[] {
    if (message.type === 'LEAVE') return gone(src);
    if (message.type === 'EXPIRE') {
      const detail = `nobody called ${src} has come for the offer`;
      return [{ do: 'problem', code: 'PEER_UNREACHABLE', detail }, ...gone(src)];
    }
    const pc = message.connectionId === undefined ? undefined : shortId(message.connectionId);
    if (pc === undefined) return [];
    const signal = read(message, pc);
    if (signal.type === 'other') return [];
    if (signal.type !== 'offer') return [{ do: 'signal', from: src, signal }];
    const kind = typeof message.payload.type === 'string' ? message.payload.type : 'data';
    remember(calls, pc, { party: src, connectionId: message.connectionId ?? pc, type: kind });
    // The signal first: whoever has offered need not be called.
    return [
      { do: 'signal', from: src, signal },
      { do: 'presence', who: src, change: 'join' },
    ];
  }

  function encode(signal: Signal, dst: PartyId): readonly ClientOutput[] | undefined {
    const { pc } = signal as { pc: PcId };
    const { connectionId, type: kind } = calls.get(pc) ?? { connectionId: pc, type };
    switch (signal.type) {
      case 'offer':
        return [json({ type: 'OFFER', payload: offer(signal.sdp, connectionId, params.serialization ?? 'raw'), dst })];
      case 'answer':
      case 'pranswer': {
        const sdp = { type: signal.type, sdp: signal.sdp };
        return [json({ type: 'ANSWER', payload: { sdp, type: kind, connectionId }, dst })];
      }
      case 'candidate': {
        const candidate = {
          candidate: signal.candidate,
          ...(signal.mid !== undefined && { sdpMid: signal.mid }),
          ...(signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
          ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
        };
        return [json({ type: 'CANDIDATE', payload: { candidate, type: kind, connectionId }, dst })];
      }
      case 'end-of-candidates':
        // PeerJS leaves the end out.
        return [];
      case 'bye': {
        calls.delete(pc);
        // LEAVE ends every connection with us; where there are others, the closing of this one has to tell.
        const more = [...calls.values()].some(({ party }) => party === dst);
        return more ? [] : [json({ type: 'LEAVE', dst })];
      }
      default:
        return undefined;
    }
  }

  return {
    opened() {
      if (phase !== 'new') return [];
      phase = 'open';
      const address = peerServerUrl(url, { key: params.key ?? 'peerjs', id: as, token: newId(11), version: VERSION });
      if (address === undefined) return [{ do: 'refused', why: `${url} is no address of a PeerServer` }];
      return [{ do: 'open', url: address }];
    },
    received(frame) {
      const message = readPeerJs(frame);
      if ('fault' in message) return [];
      return message.src === undefined ? join(message) : heard(message, message.src);
    },
    woken: () => [json({ type: 'HEARTBEAT' }), { do: 'wake', id: 'heartbeat', after: HEARTBEAT_MS }],
    newPc(to) {
      const pc = `${type === 'media' ? 'mc' : 'dc'}_${newId(11)}`;
      remember(calls, pc, { party: to, connectionId: pc, type });
      return pc;
    },
    encode,
    ended: (_to, pc) => void calls.delete(pc),
    // To no one in particular: the server forgets us at once.
    leave: () => (phase === 'in' ? [json({ type: 'LEAVE' })] : []),
  };
}

function read({ type, payload }: PeerJsMessage, pc: PcId): Signal {
  if (type === 'OFFER' || type === 'ANSWER') {
    return readDescriptionInit(payload.sdp, type, pc, type === 'OFFER' ? 'offer' : 'answer');
  }
  return type === 'CANDIDATE' ? readCandidateInit(payload.candidate, type, pc) : { type: 'other', label: type };
}

/** For PeerJS a connection with sound or picture is a call, any other a data connection, whose texts are to be read raw. */
function offer(sdp: string, connectionId: string, serialization: string): object {
  const about = { sdp: { type: 'offer', sdp }, connectionId };
  if (HAS_MEDIA.test(sdp)) return { ...about, type: 'media', metadata: {} };
  return { ...about, type: 'data', label: 'renego', reliable: true, serialization };
}
