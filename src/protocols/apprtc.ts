/** AppRTC: a room server over HTTP and Collider over WebSocket; two in a room, of whom one offers. */
import { APPRTC_CAPABILITIES, createApprtcClient } from './apprtc/client.ts';
import { createApprtcDecoder } from './apprtc/decoder.ts';
import { readCollider, readJoined, readPeerMessage } from './apprtc/wire.ts';
import type { Frame, HttpHead, Protocol } from './protocol.ts';

const frame = (direction: Frame['direction'], data: object | string, http?: HttpHead): Frame => ({
  data: typeof data === 'string' ? data : JSON.stringify(data),
  encoding: 'text',
  direction,
  ...(http && { http }),
});

const CANDIDATE = 'candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host';
const post = (url: string): HttpHead => ({ method: 'POST', url, headers: {} });
const answered = (url: string): HttpHead => ({ ...post(url), status: 200 });
const inner = (message: object): string => JSON.stringify(message);

export const apprtc: Protocol = {
  name: 'apprtc',
  title: 'AppRTC: room server and Collider',
  tested: 'a scripted room server and Collider',
  carrier: 'http',
  subprotocols: [],
  anonymous: 'peer',
  rooms: true,
  capabilities: APPRTC_CAPABILITIES,
  detect({ url, frame: first }) {
    if (first?.encoding === 'text') {
      const joined = readJoined(first.data);
      if (joined !== undefined) return joined.socket === '' ? 0.2 : 0.95;
      const message = readCollider(first.data);
      return message.is === 'message' && readPeerMessage(message.text, '').type !== 'other' ? 0.9 : 0;
    }
    return url !== undefined && /^https?:\/\/[^/]+\/r\/[^/]+$/.test(url) ? 0.6 : 0;
  },
  decoder: createApprtcDecoder,
  client: createApprtcClient,
  examples: [
    { frame: frame('out', '', post('http://h/join/r1')), signals: [{ type: 'request', method: 'join' }] },
    {
      frame: frame(
        'in',
        {
          result: 'SUCCESS',
          params: {
            is_initiator: 'false',
            room_id: 'r1',
            client_id: '52562734',
            wss_url: 'ws://h/ws',
            messages: [inner({ type: 'offer', sdp: 'v=0\r\n' })],
          },
        },
        answered('http://h/join/r1'),
      ),
      signals: [
        { type: 'response', method: 'join', ok: true, status: 200 },
        { type: 'offer', pc: 'client+peer', sdp: 'v=0\r\n' },
      ],
    },
    {
      frame: frame('out', { cmd: 'register', roomid: 'r1', clientid: '52562734' }),
      signals: [{ type: 'request', method: 'register' }],
    },
    {
      frame: frame('out', { cmd: 'send', msg: inner({ sdp: 'v=0\r\n', type: 'answer' }) }),
      signals: [{ type: 'answer', pc: 'client+peer', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', { msg: inner({ type: 'candidate', label: 0, id: '0', candidate: CANDIDATE }), error: '' }),
      signals: [{ type: 'candidate', pc: 'client+peer', candidate: CANDIDATE, mid: '0', mLine: 0 }],
    },
    {
      frame: frame('out', inner({ type: 'offer', sdp: 'v=0\r\n' }), post('http://h/message/r1/52562734')),
      signals: [{ type: 'offer', pc: 'client+peer', sdp: 'v=0\r\n' }],
    },
    { frame: frame('in', { msg: inner({ type: 'bye' }), error: '' }), signals: [{ type: 'bye', pc: 'client+peer' }] },
    {
      frame: frame('in', { msg: '', error: 'Duplicated register request' }),
      signals: [{ type: 'response', method: 'register', ok: false }],
    },
    {
      frame: frame('in', { result: 'FULL' }, answered('http://h/join/r1')),
      signals: [{ type: 'response', method: 'join', ok: false }],
    },
  ],
};
