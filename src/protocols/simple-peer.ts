/**
 * simple-peer 9: the messages of its `signal` event, bare, over whatever carries them. Nobody has a name, there is no
 * joining and no goodbye. Only the initiator offers; the other side asks it to.
 */
import { type PartyId, pairId, type Signal } from '../core/event.ts';
import { createEchoes, echoOf } from './echoes.ts';
import { isObject, parseJson } from './json.ts';
import type {
  Capabilities,
  Client,
  ClientOptions,
  ClientOutput,
  Decoder,
  Frame,
  Protocol,
  Provocation,
} from './protocol.ts';
import { createRestartWatch } from './simple-peer/restart.ts';
import { createRoles } from './simple-peer/roles.ts';
import {
  NO_INITIATOR,
  RENEGOTIATE,
  readSimplePeer,
  readWish,
  writeSimplePeer,
  writeWishes,
} from './simple-peer/signal.ts';

/** How the other end is called. */
const PEER = 'peer';

const CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: false,
  endOfCandidates: false,
};

/** The JSON of a frame; a label for what is none. */
function read(frame: Frame): { readonly value: unknown } | { readonly fault: string } {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const value = parseJson(frame.data);
  return value === undefined ? { fault: 'not JSON' } : { value };
}

function createDecoder({ client }: { client: PartyId }): Decoder {
  const pc = pairId(client, PEER);
  const echoes = createEchoes();
  let initiator: 'client' | 'server' | undefined;
  return {
    provoke: () => provocation(initiator),
    decode(frame) {
      const message = read(frame);
      const out = frame.direction === 'out';
      const ends = out ? { from: client, to: PEER } : { from: PEER, to: client };
      if ('fault' in message) return { ...ends, signals: [{ type: 'other', label: message.fault }] };
      const signals = readSimplePeer(message.value, pc);
      if (!out && echoes.isOurs(frame)) return echoOf({ from: client, to: PEER, signals });
      if (out) echoes.sent(frame.data);
      if (signals.some(({ type }) => type === 'offer')) initiator = out ? 'client' : 'server';
      return { ...ends, signals };
    },
  };
}

/** Only the initiator offers, and the other side asks it to. Whether with fresh credentials is up to its `offerOptions`. */
function provocation(initiator: 'client' | 'server' | undefined): Provocation {
  if (initiator === undefined) return { why: NO_INITIATOR };
  return { to: initiator, raw: JSON.stringify(RENEGOTIATE) };
}

function createClient({ as }: ClientOptions): Client {
  const pc = pairId(as, PEER);
  const echoes = createEchoes();
  const roles = createRoles();
  const restarts = createRestartWatch();

  function say(message: object): ClientOutput {
    const raw = JSON.stringify(message);
    echoes.sent(raw);
    return { do: 'send', raw };
  }

  function heard(signal: Signal): readonly ClientOutput[] {
    if (signal.type === 'other' || signal.type === 'request') return [];
    roles.note(PEER, 'them', signal);
    const about = signal.type === 'offer' ? restarts.offered(PEER, signal.sdp) : [];
    return [{ do: 'signal', from: PEER, signal }, ...about];
  }

  return {
    opened: () => [
      { do: 'joined', as },
      { do: 'presence', who: PEER, change: 'join' },
    ],
    received(frame) {
      const message = read(frame);
      if ('fault' in message || echoes.isOurs(frame)) return [];
      const wish = readWish(message.value);
      // simple-peer hears wishes only where it is the initiator, and so do we.
      const wanted: ClientOutput[] =
        wish && roles.initiator(PEER) !== 'them' ? [{ do: 'wanted', from: PEER, iceRestart: false, pc, ...wish }] : [];
      return [...wanted, ...readSimplePeer(message.value, pc).flatMap(heard)];
    },
    encode(signal) {
      const message = writeSimplePeer(signal);
      if (message === 'nothing') return [];
      roles.note(PEER, 'us', signal);
      return message && [say(message)];
    },
    capabilities: () => roles.capabilities(CAPABILITIES, PEER, 'ask'),
    ask(what, _to, { media }) {
      if (what === 'restart-ice') restarts.asked(PEER);
      return writeWishes(media).map(say);
    },
  };
}

const frame = (direction: Frame['direction'], data: string): Frame => ({ data, encoding: 'text', direction });

export const simplePeer: Protocol = {
  name: 'simple-peer',
  title: 'simple-peer: {type, sdp}, {type: "candidate"}, {renegotiate}, bare',
  tested: 'simple-peer 9.11 in Chromium 156',
  subprotocols: [],
  anonymous: PEER,
  capabilities: CAPABILITIES,
  detect({ frame: first }) {
    const message = first && read(first);
    if (!message || 'fault' in message || !isObject(message.value)) return 0;
    const keys = Object.keys(message.value).sort().join();
    if (keys === 'renegotiate,type' || keys === 'transceiverRequest,type') return 0.95;
    const init = keys === 'candidate,type' && message.value.type === 'candidate' && message.value.candidate;
    if (isObject(init)) return Object.hasOwn(init, 'candidate') ? 0.8 : 0;
    const described = keys === 'sdp,type' && (message.value.type === 'offer' || message.value.type === 'answer');
    return described && typeof message.value.sdp === 'string' ? 0.7 : 0;
  },
  decoder: createDecoder,
  client: createClient,
  examples: [
    {
      frame: frame('in', '{"type":"offer","sdp":"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n"}'),
      signals: [{ type: 'offer', pc: 'client+peer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' }],
    },
    {
      frame: frame(
        'in',
        '{"type":"candidate","candidate":{"candidate":"candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host","sdpMLineIndex":0,"sdpMid":"0"}}',
      ),
      signals: [{ type: 'candidate', pc: 'client+peer', mid: '0', mLine: 0 }],
    },
    {
      frame: frame('out', '{"type":"answer","sdp":"v=0\\r\\n"}'),
      signals: [{ type: 'answer', pc: 'client+peer', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('out', '{"type":"renegotiate","renegotiate":true}'),
      signals: [{ type: 'request', method: 'renegotiate', pc: 'client+peer' }],
    },
    {
      frame: frame('out', '{"type":"transceiverRequest","transceiverRequest":{"kind":"video"}}'),
      signals: [{ type: 'request', method: 'transceiverRequest video', pc: 'client+peer' }],
    },
    { frame: frame('in', '{"candidate":null}'), signals: [{ type: 'other', label: 'candidate' }] },
  ],
};
