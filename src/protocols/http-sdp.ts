/** SDP over HTTP as countless examples and services have it: one POST with the offer, the answer in the response. */
import { pairId } from '../core/event.ts';
import { httpSignal } from './http.ts';
import { CAPABILITIES, createHttpSdpClient, SERVER } from './http-sdp/client.ts';
import { PRESETS, presetFor, readBody } from './http-sdp/presets.ts';
import { parseJson } from './json.ts';
import type { Decoder, Frame, HttpHead, Protocol, ProtocolExample } from './protocol.ts';

const URL = 'http://127.0.0.1:8080/offer';
const pc = 'client+server';
const sdp = (setup: string): string =>
  'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n' +
  `c=IN IP4 0.0.0.0\r\na=mid:0\r\na=setup:${setup}\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n` +
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\na=sctp-port:5000\r\n`;

function example(type: string, status: number | undefined, data: string, is: 'offer' | 'answer'): ProtocolExample {
  const head = { method: 'POST', url: URL, headers: { 'content-type': type }, ...(status !== undefined && { status }) };
  const first = status === undefined ? ({ type: 'request', pc } as const) : ({ type: 'response', status, pc } as const);
  const direction = status === undefined ? 'out' : 'in';
  return {
    frame: { data, encoding: 'text', direction, http: head as HttpHead },
    signals: [first, { type: is, pc, sdp: sdp(is === 'offer' ? 'actpass' : 'active') }],
  };
}

const JSON_TYPE = 'application/json';
const init = (type: 'offer' | 'answer'): string =>
  JSON.stringify({ sdp: sdp(type === 'offer' ? 'actpass' : 'active'), type });

const examples: readonly ProtocolExample[] = [
  example(JSON_TYPE, undefined, init('offer'), 'offer'),
  example(JSON_TYPE, 200, init('answer'), 'answer'),
  example('application/sdp', undefined, sdp('actpass'), 'offer'),
  example('application/sdp', 201, sdp('active'), 'answer'),
  example('text/plain', undefined, btoa(init('offer')), 'offer'),
  example('text/plain', 200, btoa(init('answer')), 'answer'),
  {
    frame: {
      data: '{"detail":"no camera"}',
      encoding: 'text',
      direction: 'in',
      http: { method: 'POST', url: URL, status: 404, headers: {} },
    },
    signals: [
      { type: 'response', status: 404, ok: false, pc },
      { type: 'other', label: '{"detail":"no camera"}' },
    ],
  },
];

function createDecoder({ client, server }: { client: string; server: string }): Decoder {
  const between = pairId(client, server);
  return {
    decode({ data, direction, http }: Frame) {
      if (http === undefined) return { signals: [{ type: 'other', label: 'no HTTP message' }] };
      const [from, to] = direction === 'out' ? [client, server] : [server, client];
      return { from, to, signals: [httpSignal(http, between), ...readBody(data, between, direction)] };
    },
  };
}

export const httpSdp: Protocol = {
  name: 'http-sdp',
  title: 'one POST with the offer: aiortc, Pion, OpenAI Realtime, go2rtc, Pipecat',
  tested: 'aiortc 1.4.0 of Debian',
  carrier: 'http',
  subprotocols: [],
  anonymous: SERVER,
  params: {
    preset: `how the offer is written: ${Object.entries(PRESETS)
      .map(([name, { title }]) => `${name} - ${title}`)
      .join('; ')}`,
    token: 'bearer token',
  },
  capabilities: CAPABILITIES,
  detect({ url, frame }) {
    if (frame) return frame.http && 'sdp' in Object(parseJson(frame.data)) ? 0.6 : 0;
    return url !== undefined && /^https?:/i.test(url) && presetFor(url) !== undefined ? 0.6 : 0;
  },
  decoder: createDecoder,
  client: createHttpSdpClient,
  examples,
};
