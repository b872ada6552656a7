/** WHEP (draft-ietf-wish-whep): media from a server over HTTP. Like WHIP, but the server may offer instead. */
import type { Protocol, ProtocolExample } from './protocol.ts';
import { createWhipClient } from './whip/client.ts';
import { createWhipDecoder } from './whip/decoder.ts';
import { FRAGMENT_TYPE, SDP_TYPE } from './whip/fragment.ts';
import { example, sureOf, whip } from './whip.ts';

const URL = 'http://127.0.0.1:7090/whep/endpoint/studio';
const SESSION = 'http://127.0.0.1:7090/whep/resource/42';
const sdp = (direction: string, setup: string): string =>
  `v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:v\r\na=${direction}\r\na=setup:${setup}\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n`;
const pc = 'client+server';

const examples: readonly ProtocolExample[] = [
  example({ method: 'POST', url: URL }, { 'content-type': SDP_TYPE }, sdp('recvonly', 'actpass'), [
    { type: 'request', method: 'POST', pc },
    { type: 'offer', sdp: sdp('recvonly', 'actpass'), pc },
  ]),
  example(
    { method: 'POST', url: URL, status: 406 },
    { 'content-type': SDP_TYPE, location: '/whep/resource/42', etag: '"one"' },
    sdp('sendonly', 'actpass'),
    [
      { type: 'response', method: 'POST', status: 406, ok: false, pc },
      { type: 'offer', sdp: sdp('sendonly', 'actpass'), pc },
    ],
  ),
  example({ method: 'PATCH', url: SESSION }, { 'content-type': SDP_TYPE }, sdp('recvonly', 'active'), [
    { type: 'request', method: 'PATCH', pc },
    { type: 'answer', sdp: sdp('recvonly', 'active'), pc },
  ]),
  example({ method: 'PATCH', url: SESSION, status: 204 }, {}, '', [{ type: 'response', status: 204, ok: true }]),
  example(
    { method: 'PATCH', url: SESSION },
    { 'content-type': FRAGMENT_TYPE },
    'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:v\r\na=ice-ufrag:abcd\r\na=end-of-candidates\r\n',
    [
      { type: 'request', method: 'PATCH', pc },
      { type: 'end-of-candidates', pc, mid: 'v', ufrag: 'abcd' },
    ],
  ),
];

export const whep: Protocol = {
  ...whip,
  name: 'whep',
  tested: 'janus-whep-server 1.1.0 in front of Janus 1.1.2',
  title: 'WHEP: play from a server over HTTP (draft-ietf-wish-whep)',
  capabilities: { ...whip.capabilities, direction: 'recvonly' },
  detect: ({ url, frame }) => sureOf('whep', frame?.http?.url ?? url),
  decoder: createWhipDecoder,
  client: (options) => createWhipClient(options, 'whep'),
  examples,
};
