/** y-webrtc 10: publish and subscribe by topic, with simple-peer's messages between the members of a room. */
import type { Frame, Protocol } from './protocol.ts';
import { createYClient, Y_CAPABILITIES } from './y-webrtc/client.ts';
import { createYDecoder } from './y-webrtc/decoder.ts';
import { readYMessage } from './y-webrtc/wire.ts';

const frame = (direction: Frame['direction'], message: object): Frame => ({
  data: JSON.stringify(message),
  encoding: 'text',
  direction,
});

const published = (data: object | string) => ({ type: 'publish', topic: 'r', data });
const to = (party: string, from: string, signal: object) =>
  published({ to: party, from, type: 'signal', token: 1795243601599.1387, signal });
const CANDIDATE = 'candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host';

export const yWebrtc: Protocol = {
  name: 'y-webrtc',
  title: 'y-webrtc (Yjs): topics of a signaling server, simple-peer between the members',
  tested: 'y-webrtc 10.3: its server, its client in Chromium 156',
  subprotocols: [],
  rooms: true,
  capabilities: Y_CAPABILITIES,
  detect({ frame: first }) {
    const message = first && readYMessage(first);
    if (message?.is === 'announce' || message?.is === 'signal') return 0.95;
    return message?.is === 'secret' ? 0.6 : 0;
  },
  decoder: createYDecoder,
  client: createYClient,
  examples: [
    { frame: frame('out', { type: 'subscribe', topics: ['r'] }), signals: [{ type: 'request', method: 'subscribe' }] },
    {
      frame: frame('out', published({ type: 'announce', from: 'bob' })),
      signals: [{ type: 'notify', method: 'announce' }],
    },
    {
      frame: frame('in', { ...published({ type: 'announce', from: 'bob' }), clients: 2 }),
      signals: [{ type: 'other', label: 'own message, echoed' }],
    },
    {
      frame: frame('in', { ...published({ type: 'announce', from: 'ann' }), clients: 2 }),
      signals: [{ type: 'presence', who: 'ann', change: 'join' }],
    },
    {
      frame: frame('in', to('bob', 'ann', { type: 'offer', sdp: 'v=0\r\n' })),
      signals: [{ type: 'offer', pc: 'ann+bob', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('out', to('ann', 'bob', { type: 'answer', sdp: 'v=0\r\n' })),
      signals: [{ type: 'answer', pc: 'ann+bob', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', to('ann', 'bob', { type: 'answer', sdp: 'v=0\r\n' })),
      signals: [{ type: 'other', label: 'own message, echoed' }],
    },
    {
      frame: frame(
        'in',
        to('bob', 'ann', {
          type: 'candidate',
          candidate: { candidate: CANDIDATE, sdpMLineIndex: 0, sdpMid: '0' },
        }),
      ),
      signals: [{ type: 'candidate', pc: 'ann+bob', candidate: CANDIDATE, mid: '0', mLine: 0 }],
    },
    {
      frame: frame('in', to('cid', 'ann', { type: 'offer', sdp: 'v=0\r\n' })),
      signals: [{ type: 'other', label: 'offer for cid' }],
    },
    {
      frame: frame('out', to('ann', 'bob', { type: 'renegotiate', renegotiate: true })),
      signals: [{ type: 'request', method: 'renegotiate', pc: 'ann+bob' }],
    },
    { frame: frame('in', published('B0FFUy1HQ00M')), signals: [{ type: 'other' }] },
  ],
};
