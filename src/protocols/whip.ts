/** WHIP (RFC 9725): media to a server over HTTP. */
import type { HttpHead, Protocol, ProtocolExample } from './protocol.ts';
import { createWhipClient, NO_RENEGOTIATION, SERVER } from './whip/client.ts';
import { createWhipDecoder } from './whip/decoder.ts';
import { FRAGMENT_TYPE, SDP_TYPE } from './whip/fragment.ts';

const URL = 'http://127.0.0.1:7080/whip/endpoint/studio';
const SESSION = 'http://127.0.0.1:7080/whip/resource/42';
const ice = (ufrag: string, pwd: string): string => `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${pwd}\r\n`;
const sdp = (direction: string, ufrag: string): string =>
  `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=${direction}\r\n${ice(ufrag, `${ufrag}-password-of-22-chars`)}`;
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host';
const fragment = (ufrag: string, ...lines: string[]): string =>
  `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n${ice(ufrag, `${ufrag}-password-of-22-chars`)}${lines.map((line) => `a=${line}\r\n`).join('')}`;

/** A request or response as an example. */
export function example(
  http: { readonly method: string; readonly url: string; readonly status?: number },
  headers: Readonly<Record<string, string>>,
  data: string,
  signals: ProtocolExample['signals'],
): ProtocolExample {
  const direction = http.status === undefined ? 'out' : 'in';
  return { frame: { data, encoding: 'text', direction, http: { ...http, headers } as HttpHead }, signals };
}

const patch = { method: 'PATCH', url: SESSION };
const pc = 'client+server';
const trickle = { type: 'candidate', pc, candidate: CANDIDATE, mid: '0', ufrag: 'Ours' } as const;

const examples: readonly ProtocolExample[] = [
  example({ method: 'POST', url: URL }, { 'content-type': SDP_TYPE }, sdp('sendonly', 'Ours'), [
    { type: 'request', method: 'POST', pc },
    { type: 'offer', sdp: sdp('sendonly', 'Ours'), pc },
  ]),
  example(
    { method: 'POST', url: URL, status: 201 },
    { 'content-type': SDP_TYPE, location: '/whip/resource/42', etag: '"one"' },
    sdp('recvonly', 'Theirs'),
    [
      { type: 'response', method: 'POST', status: 201, ok: true, pc },
      { type: 'answer', sdp: sdp('recvonly', 'Theirs'), pc },
    ],
  ),
  example(
    patch,
    { 'content-type': FRAGMENT_TYPE, 'if-match': '"one"' },
    fragment('Ours', CANDIDATE, 'end-of-candidates'),
    [{ type: 'request', method: 'PATCH' }, trickle, { type: 'end-of-candidates', pc, mid: '0', ufrag: 'Ours' }],
  ),
  example({ ...patch, status: 204 }, {}, '', [{ type: 'response', status: 204 }]),
  example(patch, { 'content-type': FRAGMENT_TYPE, 'if-match': '*' }, fragment('Again'), [
    { type: 'request', method: 'PATCH' },
    { type: 'offer', sdp: sdp('sendonly', 'Again'), pc },
  ]),
  example({ ...patch, status: 200 }, { 'content-type': FRAGMENT_TYPE, etag: '"two"' }, fragment('Fresh', CANDIDATE), [
    { type: 'response', status: 200 },
    { type: 'answer', sdp: `${sdp('recvonly', 'Fresh')}a=${CANDIDATE}\r\n`, pc },
  ]),
  example({ method: 'DELETE', url: SESSION }, {}, '', [
    { type: 'request', method: 'DELETE' },
    { type: 'bye', pc },
  ]),
];

/** Settings of WHIP and of WHEP. */
export const WHIP_PARAMS = {
  token: 'bearer token of the endpoint',
  trickle: 'no: all candidates go with the offer',
  options: 'yes: OPTIONS before the call, for the STUN and TURN servers of its Link headers (RFC 9725, section 4.5)',
} as const;

export const whip: Protocol = {
  name: 'whip',
  title: 'WHIP: publish to a server over HTTP (RFC 9725)',
  tested: '@eyevinn/whip-endpoint 1.6.1 (its restart is missing); Janus 1.1.2 behind a server of the tests',
  carrier: 'http',
  subprotocols: [],
  anonymous: SERVER,
  media: ['audio', 'video'],
  params: WHIP_PARAMS,
  capabilities: {
    trickle: true,
    renegotiation: { why: NO_RENEGOTIATION },
    offers: 'us',
    restart: 'offer',
    direction: 'sendonly',
    bye: true,
    endOfCandidates: true,
  },
  detect: ({ url, frame }) => sureOf('whip', frame?.http?.url ?? url),
  decoder: createWhipDecoder,
  client: (options) => createWhipClient(options, 'whip'),
  examples,
};

/** By a word of the path, as all endpoints known have it. */
export function sureOf(word: 'whip' | 'whep', url = ''): number {
  if (!/^https?:/i.test(url)) return 0;
  return new RegExp(`[/.=]${word}(?![a-z])`, 'i').test(url) ? 0.9 : 0;
}
