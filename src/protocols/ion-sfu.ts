/** ion-sfu: JSON-RPC, with a peer connection for what is published and one for what is received. */
import { CAPABILITIES, createIonClient } from './ion-sfu/client.ts';
import { createIonDecoder } from './ion-sfu/decoder.ts';
import { call, readIon } from './ion-sfu/wire.ts';
import { isObject } from './json.ts';
import type { Frame, Protocol, ProtocolExample } from './protocol.ts';

const OFFER = { type: 'offer', sdp: 'v=0\r\n' };
const ANSWER = { type: 'answer', sdp: 'v=0\r\n' };
const CANDIDATE = { candidate: 'candidate:1 1 udp 2130706431 192.0.2.1 57655 typ host', sdpMid: '0', sdpMLineIndex: 0 };

const example = (direction: Frame['direction'], data: string, ...signals: ProtocolExample['signals']) => ({
  frame: { data, encoding: 'text', direction } as const,
  signals,
});

export const ionSfu: Protocol = {
  name: 'ion-sfu',
  title: 'ion-sfu (JSON-RPC): publisher and subscriber',
  tested: 'a room that stands in for the server, with another renego',
  subprotocols: [],
  rooms: true,
  capabilities: CAPABILITIES,
  /** Its server listens at `/ws`. */
  address({ url = '' }) {
    if (!URL.canParse(url)) return { url };
    const at = new URL(url);
    if (at.pathname === '/') at.pathname = '/ws';
    return { url: String(at) };
  },
  detect({ frame }) {
    const message = frame && readIon(frame);
    if (message?.is === 'call') {
      const { method, params } = message;
      if (method === 'trickle') return typeof params.target === 'number' && isObject(params.candidate) ? 0.8 : 0;
      if (method === 'join') return typeof params.sid === 'string' && isObject(params.offer) ? 0.8 : 0;
      return method === 'offer' && params.type === 'offer' ? 0.6 : 0;
    }
    if (message?.is === 'result')
      return isObject(message.result) && message.result.type === 'answer' && 'sdp' in message.result ? 0.6 : 0;
    return 0;
  },
  decoder: createIonDecoder,
  client: createIonClient,
  examples: [
    example('out', call('join', { sid: 'room', uid: 'client', offer: OFFER, config: {} }, 1), {
      type: 'offer',
      pc: 'client+publisher',
    }),
    example('in', JSON.stringify({ id: 1, result: ANSWER, jsonrpc: '2.0' }), {
      type: 'answer',
      pc: 'client+publisher',
    }),
    example('out', call('trickle', { target: 0, candidate: CANDIDATE }), { type: 'candidate', pc: 'client+publisher' }),
    example('in', call('offer', OFFER), { type: 'offer', pc: 'client+subscriber' }),
    example('out', call('answer', { desc: ANSWER }), { type: 'answer', pc: 'client+subscriber' }),
    example('in', call('trickle', { target: 1, candidate: CANDIDATE }), { type: 'candidate', pc: 'client+subscriber' }),
    example('out', call('offer', { desc: OFFER }, 2), { type: 'offer', pc: 'client+publisher' }),
    example('in', JSON.stringify({ id: 2, error: { code: 500, message: 'no' }, jsonrpc: '2.0' }), {
      type: 'response',
      ok: false,
    }),
  ],
};
