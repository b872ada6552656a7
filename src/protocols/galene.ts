/** Galène: a stream is one peer connection in one direction, offered by who sends it; all goes through the server. */
import { createGaleneClient, GALENE_CAPABILITIES } from './galene/client.ts';
import { createGaleneDecoder } from './galene/decoder.ts';
import { readGalene } from './galene/wire.ts';
import type { Frame, Protocol } from './protocol.ts';

const frame = (direction: Frame['direction'], data: object): Frame => ({
  data: JSON.stringify(data),
  encoding: 'text',
  direction,
});

const CANDIDATE = 'candidate:1 1 udp 2130706431 192.0.2.1 57655 typ host';

export const galene: Protocol = {
  name: 'galene',
  title: 'Galène',
  tested: 'a scripted server',
  carrier: 'http',
  params: { password: 'password of the group', token: 'token instead of name and password' },
  subprotocols: [],
  rooms: true,
  capabilities: GALENE_CAPABILITIES,
  detect({ url, frame: first }) {
    const message = first && readGalene(first);
    if (message && !('fault' in message)) {
      const { type, body } = message;
      if (type === 'handshake') return Array.isArray(body.version) ? 0.95 : 0;
      if (type === 'joined') return Array.isArray(body.permissions) || message.kind !== '' ? 0.8 : 0;
      return (type === 'offer' || type === 'answer') && message.id !== '' && typeof body.sdp === 'string' ? 0.6 : 0;
    }
    return url !== undefined && /\/group\/[^/]/.test(url) ? 0.7 : 0;
  },
  decoder: createGaleneDecoder,
  client: createGaleneClient,
  examples: [
    { frame: frame('in', { type: 'handshake', version: ['2'] }), signals: [{ type: 'notify', method: 'handshake' }] },
    {
      frame: frame('out', { type: 'join', kind: 'join', group: 'test', username: 'bob', password: '' }),
      signals: [{ type: 'request', method: 'join' }],
    },
    {
      frame: frame('in', { type: 'joined', kind: 'join', group: 'test', username: 'bob', permissions: ['present'] }),
      signals: [{ type: 'response', method: 'join', ok: true }],
    },
    {
      frame: frame('in', { type: 'user', kind: 'add', id: 'u1', username: 'ann' }),
      signals: [{ type: 'presence', who: 'ann', change: 'join' }],
    },
    {
      frame: frame('out', { type: 'offer', kind: '', id: 's1', label: 'camera', username: 'bob', sdp: 'v=0\r\n' }),
      signals: [{ type: 'offer', pc: 's1@client', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', { type: 'answer', id: 's1', sdp: 'v=0\r\n' }),
      signals: [{ type: 'answer', pc: 's1@client', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', { type: 'offer', id: 's2', label: 'camera', source: 'u1', username: 'ann', sdp: 'v=0\r\n' }),
      signals: [{ type: 'offer', pc: 's2@client', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', {
        type: 'ice',
        id: 's2',
        candidate: { candidate: CANDIDATE, sdpMid: '', sdpMLineIndex: 0, usernameFragment: null },
      }),
      signals: [{ type: 'candidate', pc: 's2@client', candidate: CANDIDATE, mLine: 0 }],
    },
    {
      frame: frame('out', { type: 'renegotiate', id: 's2' }),
      signals: [{ type: 'request', method: 'renegotiate', pc: 's2@client' }],
    },
    { frame: frame('in', { type: 'close', id: 's2' }), signals: [{ type: 'bye', pc: 's2@client' }] },
    {
      frame: frame('in', { type: 'joined', kind: 'fail', value: 'not authorised' }),
      signals: [{ type: 'response', method: 'join', ok: false }],
    },
  ],
};
