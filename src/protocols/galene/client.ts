/**
 * renego in a Galène group. What we send is a stream of ours, offered to the server; what others send are streams the
 * server offers to us. Each is a peer connection of its own, and only its sender offers.
 */
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import { clip, isObject } from '../json.ts';
import { idMaker } from '../new-id.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput, HttpResponse, IceServerInfo } from '../protocol.ts';
import { endpointIn, groupAddress } from './address.ts';
import { type GaleneMessage, readGalene, readStream, senderOf, streamPc } from './wire.ts';

/** The server, which takes what we send. */
export const GALENE: PartyId = 'galene';

export const GALENE_CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: true,
  endOfCandidates: false,
};

export function createGaleneClient(options: ClientOptions): Client {
  const { as, room, url = '', params = {} } = options;
  const newId = idMaker(options);
  const address = groupAddress(url, room);
  const source = newId(16);
  /** Streams: their id on the wire, and who sends them. */
  const streams = new Map<PcId, { readonly id: string; readonly sender: PartyId }>();
  /** Streams of ours that were offered once. */
  const offered = new Set<PcId>();
  let username = as;
  let tried = 0;
  let dialled = false;

  const json = (message: object): ClientOutput => ({ do: 'send', raw: JSON.stringify(message) });
  const ask = (): ClientOutput => ({
    do: 'request',
    id: 'status',
    method: 'GET',
    url: address?.status[tried] ?? '',
    headers: { accept: 'application/json' },
  });

  function dial(socket: string): readonly ClientOutput[] {
    dialled = true;
    return [{ do: 'open', url: socket }];
  }

  const partyOf = (pc: PcId): PartyId => streams.get(pc)?.sender ?? GALENE;

  function join(): readonly ClientOutput[] {
    const { token, password = '' } = params;
    const who = token === undefined ? { username: as, password } : { token };
    return [
      json({ type: 'handshake', version: ['2'], id: source }),
      json({ type: 'join', kind: 'join', group: address?.group ?? '', ...who }),
    ];
  }

  function joined(message: GaleneMessage): readonly ClientOutput[] {
    const servers = iceServers(message.body.rtcConfiguration);
    const given: ClientOutput[] = servers.length > 0 ? [{ do: 'ice-servers', servers }] : [];
    switch (message.kind) {
      case 'join':
        username = message.username || as;
        return [
          ...given,
          { do: 'joined', as: username },
          json({ type: 'request', request: { '': ['audio', 'video'] } }),
          { do: 'presence', who: GALENE, change: 'join' },
        ];
      case 'fail': {
        const hint = 'The password is set with --param password=…, a token with --param token=….';
        return [{ do: 'refused', why: clip(String(message.body.value ?? 'the group will not have us')), hint }];
      }
      default:
        return given;
    }
  }

  function ended(pc: PcId): readonly ClientOutput[] {
    const from = partyOf(pc);
    streams.delete(pc);
    return [{ do: 'signal', from, signal: { type: 'bye', pc } }];
  }

  function heard(message: GaleneMessage): readonly ClientOutput[] {
    const pc = streamPc(message.id, as);
    switch (message.type) {
      case 'offer': {
        const before = message.replace === '' ? [] : ended(streamPc(message.replace, as));
        const from = senderOf(message, 'somebody');
        remember(streams, pc, { id: message.id, sender: from });
        return [...before, { do: 'signal', from, signal: readStream(message, pc) }];
      }
      case 'answer':
      case 'ice':
        return [{ do: 'signal', from: partyOf(pc), signal: readStream(message, pc) }];
      case 'close':
        return ended(pc);
      case 'abort':
        // A stream is closed by who sends it, when asked to.
        return [json({ type: 'close', id: message.id }), ...ended(pc)];
      case 'renegotiate':
        return [{ do: 'wanted', from: partyOf(pc), iceRestart: true, pc }];
      case 'joined':
        return joined(message);
      case 'ping':
        return [json({ type: 'pong' })];
      case 'usermessage': {
        if (message.kind !== 'error' && message.kind !== 'warning' && message.kind !== 'kicked') return [];
        const detail = clip(String(message.body.value ?? message.kind));
        return [{ do: 'problem', code: `GALENE_${message.kind.toUpperCase()}`, detail }];
      }
      default:
        return [];
    }
  }

  function encode(signal: Signal): readonly ClientOutput[] | undefined {
    const { pc } = signal as { pc: PcId };
    const { id, sender } = streams.get(pc) ?? { id: pc, sender: GALENE };
    switch (signal.type) {
      case 'offer': {
        const kind = offered.has(pc) ? 'renegotiate' : '';
        offered.add(pc);
        return [json({ type: 'offer', kind, source, username, id, label: 'camera', sdp: signal.sdp })];
      }
      case 'answer':
        return [json({ type: 'answer', id, sdp: signal.sdp })];
      case 'candidate': {
        const candidate = {
          candidate: signal.candidate,
          ...(signal.mid !== undefined && { sdpMid: signal.mid }),
          ...(signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
          ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
        };
        return [json({ type: 'ice', id, candidate })];
      }
      case 'end-of-candidates':
        return [];
      case 'bye':
        // Ours we close; another's we ask to be closed.
        return [json({ type: sender === GALENE ? 'close' : 'abort', id })];
      default:
        return undefined;
    }
  }

  return {
    opened() {
      if (dialled) return join();
      if (address?.socket !== undefined) return dial(address.socket);
      if (address !== undefined) return [ask()];
      const hint = 'Give its address (https://…/group/name/), or its name with --room.';
      return [{ do: 'refused', why: `${url} names no group`, hint }];
    },
    responded(response: HttpResponse) {
      const socket = response.status === 200 ? endpointIn(response.body, response.url) : undefined;
      if (socket !== undefined) return dial(socket);
      tried += 1;
      if (response.status !== 0 && tried < (address?.status.length ?? 0)) return [ask()];
      const why = response.error ?? `its status is no status of a group (HTTP ${response.status})`;
      return [{ do: 'refused', why: `${response.url}: ${why}`, hint: 'Is that the address of a Galène group?' }];
    },
    received(frame) {
      const message = readGalene(frame);
      return 'fault' in message ? [] : heard(message).filter(isUsable);
    },
    newPc(to) {
      const id = newId(16);
      const pc = streamPc(id, as);
      remember(streams, pc, { id, sender: to });
      return pc;
    },
    encode,
    capabilities: (to) =>
      to === GALENE
        ? { ...GALENE_CAPABILITIES, offers: 'us' }
        : { ...GALENE_CAPABILITIES, offers: 'them', restart: 'ask' },
    ask: (_what, _to, { pc }) => [json({ type: 'renegotiate', id: streams.get(pc)?.id ?? pc })],
    ended: (_to, pc) => void streams.delete(pc),
    leave: () => [json({ type: 'join', kind: 'leave', group: address?.group ?? '' })],
  };
}

/** What could not be read as a signal is in the ladder, and no more. */
const isUsable = (output: ClientOutput): boolean => output.do !== 'signal' || output.signal.type !== 'other';

function iceServers(configuration: unknown): IceServerInfo[] {
  const list = isObject(configuration) && Array.isArray(configuration.iceServers) ? configuration.iceServers : [];
  return list.filter(
    (one): one is IceServerInfo => isObject(one) && (typeof one.urls === 'string' || Array.isArray(one.urls)),
  );
}
