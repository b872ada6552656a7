/**
 * Bare perfect negotiation (W3C WebRTC, section 10.7, and every tutorial after it): `{description}` and `{candidate}` with
 * nothing around them. Nobody has a name, there is no joining and no goodbye: who is on the other end of the pipe is the peer.
 */
import { type PartyId, type PcId, pairId, type Signal } from '../core/event.ts';
import { createEchoes, echoOf } from './echoes.ts';
import { clip, isObject, parseJson, readCandidateInit, readDescriptionInit } from './json.ts';
import type { Client, ClientOptions, ClientOutput, Decoded, Decoder, Frame, Protocol } from './protocol.ts';

/** How the other end is called. */
export const PEER = 'peer';

/** What one frame says. Never throws. */
export function readBare(frame: Frame, pc: PcId): Signal[] {
  if (frame.encoding === 'base64') return [{ type: 'other', label: 'binary frame' }];
  const body = parseJson(frame.data);
  if (body === undefined) return [{ type: 'other', label: 'not JSON' }];
  if (!isObject(body)) return [{ type: 'other', label: 'JSON, but not an object' }];
  const signals: Signal[] = [];
  if ('description' in body) signals.push(readDescriptionInit(body.description, 'description', pc));
  if ('candidate' in body) signals.push(readCandidateInit(body.candidate, 'candidate', pc));
  if (signals.length > 0) return signals;
  return [{ type: 'other', label: clip(Object.keys(body).join(', ') || 'an empty object') }];
}

function createDecoder({ client }: { client: PartyId }): Decoder {
  const pc = pairId(client, PEER);
  const echoes = createEchoes();
  return {
    decode(frame): Decoded {
      const ours = { from: client, to: PEER, signals: readBare(frame, pc) };
      if (frame.direction === 'out') {
        echoes.sent(frame.data);
        return ours;
      }
      return echoes.isOurs(frame) ? echoOf(ours) : { ...ours, from: PEER, to: client };
    },
  };
}

function createClient({ as }: ClientOptions): Client {
  const pc = pairId(as, PEER);
  const echoes = createEchoes();

  function say(message: object): readonly ClientOutput[] {
    const raw = JSON.stringify(message);
    echoes.sent(raw);
    return [{ do: 'send', raw }];
  }

  return {
    opened: () => [
      { do: 'joined', as },
      { do: 'presence', who: PEER, change: 'join' },
    ],
    received(frame) {
      if (echoes.isOurs(frame)) return [];
      const signals = readBare(frame, pc).filter(({ type }) => type !== 'other');
      return signals.map((signal): ClientOutput => ({ do: 'signal', from: PEER, signal }));
    },
    encode(signal) {
      switch (signal.type) {
        case 'offer':
        case 'answer':
        case 'pranswer':
          return say({ description: { type: signal.type, sdp: signal.sdp } });
        case 'rollback':
          return say({ description: { type: 'rollback', sdp: '' } });
        case 'candidate':
        case 'end-of-candidates':
          return say({ candidate: candidateInit(signal) });
        default:
          return undefined;
      }
    },
  };
}

/** Null ends all candidates; where section or generation are known, an empty candidate says it more exactly. */
function candidateInit(signal: Extract<Signal, { type: 'candidate' | 'end-of-candidates' }>): object | null {
  const end = signal.type === 'end-of-candidates';
  if (end && signal.mid === undefined) return null;
  return {
    candidate: end ? '' : signal.candidate,
    ...(signal.mid !== undefined && { sdpMid: signal.mid }),
    ...(!end && signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
    ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
  };
}

const frame = (direction: Frame['direction'], data: string): Frame => ({ data, encoding: 'text', direction });

export const perfectNegotiation: Protocol = {
  name: 'perfect-negotiation',
  title: 'bare perfect negotiation: {description} and {candidate}',
  tested: 'renego serve, its page in Chromium 156',
  subprotocols: [],
  anonymous: PEER,
  capabilities: { trickle: true, renegotiation: true, restart: 'offer', bye: false, endOfCandidates: true },
  detect({ frame: first }) {
    if (first === undefined) return 0;
    const body = first.encoding === 'text' ? parseJson(first.data) : undefined;
    if (!isObject(body) || typeof body.type === 'string') return 0;
    return readBare(first, '').every(({ type }) => type === 'other') ? 0 : 0.9;
  },
  decoder: createDecoder,
  client: createClient,
  examples: [
    {
      frame: frame('in', '{"description":{"type":"offer","sdp":"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n"}}'),
      signals: [{ type: 'offer', pc: 'client+peer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' }],
    },
    {
      frame: frame(
        'in',
        '{"candidate":{"candidate":"candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"RHdp"}}',
      ),
      signals: [{ type: 'candidate', pc: 'client+peer', mid: '0', mLine: 0, ufrag: 'RHdp' }],
    },
    { frame: frame('in', '{"candidate":null}'), signals: [{ type: 'end-of-candidates', pc: 'client+peer' }] },
    {
      frame: frame('out', '{"description":{"type":"answer","sdp":"v=0\\r\\n"}}'),
      signals: [{ type: 'answer', pc: 'client+peer', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('out', '{"candidate":{"candidate":"","sdpMid":"0","usernameFragment":"x1"}}'),
      signals: [{ type: 'end-of-candidates', pc: 'client+peer', mid: '0', ufrag: 'x1' }],
    },
    { frame: frame('in', '{"description":{"type":"rollback"}}'), signals: [{ type: 'rollback', pc: 'client+peer' }] },
    { frame: frame('out', '{"start":true}'), signals: [{ type: 'other', label: 'start' }] },
  ],
};
