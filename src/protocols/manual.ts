/** Signaling by hand: whole descriptions that people, or a pipe, carry from one side to the other. */
import { type PartyId, pairId, type Signal } from '../core/event.ts';
import { clip } from './json.ts';
import { PEER } from './perfect-negotiation.ts';
import type { Client, ClientOptions, ClientOutput, Decoder, Frame, Protocol } from './protocol.ts';
import { signalsIn } from './recogniser/recognise.ts';

type Format = 'json' | 'base64' | 'sdp';
const FORMATS: readonly string[] = ['json', 'base64', 'sdp'];

/** How a pasted text is written, so that what goes back can be read by whoever wrote it. */
function formatOf(text: string): Format {
  if (/^\s*v=0/.test(text)) return 'sdp';
  return /^\s*[{["]/.test(text) ? 'json' : 'base64';
}

function write(type: string, sdp: string, format: Format): string {
  if (format === 'sdp') return sdp;
  const text = JSON.stringify({ type, sdp });
  return format === 'json' ? text : btoa(text);
}

function read(text: string, pc: string): Signal[] {
  const found = signalsIn(text).flatMap((signal): Signal[] =>
    signal.type === 'request' || signal.type === 'notify' ? [] : [{ ...signal, pc } as Signal],
  );
  return found.length > 0 ? found : [{ type: 'other', label: clip(text.split('\n', 1)[0] ?? '') }];
}

function createDecoder({ client }: { client: PartyId }): Decoder {
  const pc = pairId(client, PEER);
  return {
    decode({ data, direction }: Frame) {
      const [from, to] = direction === 'out' ? [client, PEER] : [PEER, client];
      return { from, to, signals: read(data, pc) };
    },
  };
}

function createClient({ as, params = {} }: ClientOptions): Client {
  const pc = pairId(as, PEER);
  const wanted = params.format;
  let format: Format = 'json';
  return {
    opened() {
      if (wanted !== undefined && !FORMATS.includes(wanted)) {
        return [{ do: 'refused', why: `there is no format '${wanted}'`, hint: `There are ${FORMATS.join(', ')}.` }];
      }
      return [
        { do: 'joined', as },
        { do: 'presence', who: PEER, change: 'join' },
      ];
    },
    received({ data }) {
      const signals = read(data, pc).filter(({ type }) => type !== 'other');
      if (signals.length === 0) {
        const detail = 'what was pasted holds no description: SDP, JSON {type, sdp} and base64 of either are read';
        return [{ do: 'problem', code: 'NOT_READ', detail }];
      }
      format = formatOf(data);
      return signals.map((signal): ClientOutput => ({ do: 'signal', from: PEER, signal }));
    },
    encode(signal) {
      if (signal.type !== 'offer' && signal.type !== 'answer') return undefined;
      return [{ do: 'send', raw: write(signal.type, signal.sdp, (wanted as Format | undefined) ?? format) }];
    },
  };
}

const sdp =
  'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n' +
  'c=IN IP4 0.0.0.0\r\na=mid:0\r\na=setup:actpass\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n' +
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\na=sctp-port:5000\r\n`;
const answer = sdp.replace('actpass', 'active');
const frame = (direction: Frame['direction'], data: string): Frame => ({ data, encoding: 'text', direction });
const pc = 'client+peer';

export const manual: Protocol = {
  name: 'manual',
  title: 'by hand: copy and paste, or a pipe',
  tested: 'another renego',
  carrier: 'lines',
  subprotocols: [],
  anonymous: PEER,
  params: { format: 'json (default), base64 (of JSON) or sdp; an answer is written like its offer' },
  capabilities: { trickle: false, renegotiation: true, restart: 'offer', bye: false, endOfCandidates: false },
  detect: ({ url }) => (url === '-' ? 0.95 : 0),
  decoder: createDecoder,
  client: createClient,
  examples: [
    { frame: frame('in', JSON.stringify({ type: 'offer', sdp })), signals: [{ type: 'offer', pc, sdp }] },
    {
      frame: frame('out', JSON.stringify({ type: 'answer', sdp: answer })),
      signals: [{ type: 'answer', pc, sdp: answer }],
    },
    { frame: frame('in', btoa(JSON.stringify({ type: 'offer', sdp }))), signals: [{ type: 'offer', pc, sdp }] },
    { frame: frame('in', sdp), signals: [{ type: 'offer', pc, sdp }] },
    { frame: frame('out', answer), signals: [{ type: 'answer', pc, sdp: answer }] },
    { frame: frame('in', 'hello?'), signals: [{ type: 'other', label: 'hello?' }] },
  ],
};
