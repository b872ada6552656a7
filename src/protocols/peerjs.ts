/** PeerJS 1.x and its PeerServer: JSON text, peers addressed by id, one connection one `connectionId`. */
import { createPeerJsClient } from './peerjs/client.ts';
import { createPeerJsDecoder } from './peerjs/decoder.ts';
import { readPeerJs } from './peerjs/wire.ts';
import type { Frame, Protocol } from './protocol.ts';

const frame = (direction: Frame['direction'], data: object): Frame => ({
  data: JSON.stringify(data),
  encoding: 'text',
  direction,
});

const CANDIDATE = 'candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host';
const TYPES = new Set(['OFFER', 'ANSWER', 'CANDIDATE']);
const ONE_OFFER = {
  why: 'PeerJS takes a second offer for a new connection and closes the one that is there; hang up and call again',
};

export const peerjs: Protocol = {
  name: 'peerjs',
  title: 'PeerJS and PeerServer',
  tested: 'PeerServer 1.0 and peerjs 1.5.5 in Chromium 156',
  carrier: 'http',
  params: {
    key: 'key of the server (default: peerjs)',
    serialization: 'how PeerJS reads a data connection of ours: raw (default), json or binary',
  },
  subprotocols: [],
  capabilities: { trickle: true, renegotiation: ONE_OFFER, restart: ONE_OFFER, bye: true, endOfCandidates: false },
  detect({ url, frame: first }) {
    const message = first && readPeerJs(first);
    if (message && !('fault' in message)) {
      if (message.type === 'OPEN') return Object.keys(message.payload).length === 0 ? 0.8 : 0;
      if (message.type === 'ID-TAKEN') return 0.9;
      return TYPES.has(message.type) && message.connectionId !== undefined ? 0.95 : 0;
    }
    if (url === undefined || !URL.canParse(url)) return 0;
    const { pathname, searchParams } = new URL(url);
    return /\/peerjs$/.test(pathname) || searchParams.get('key') === 'peerjs' ? 0.8 : 0;
  },
  clientOf: (url) => (URL.canParse(url) ? (new URL(url).searchParams.get('id')?.slice(0, 64) ?? undefined) : undefined),
  decoder: createPeerJsDecoder,
  client: createPeerJsClient,
  examples: [
    { frame: frame('in', { type: 'OPEN' }), signals: [{ type: 'response', method: 'OPEN', ok: true }] },
    {
      frame: frame('out', {
        type: 'OFFER',
        payload: { sdp: { type: 'offer', sdp: 'v=0\r\n' }, type: 'media', connectionId: 'mc_3yz5c4wsmg9' },
        dst: 'bob',
      }),
      signals: [{ type: 'offer', pc: 'mc_3yz5c4wsmg9', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', {
        type: 'ANSWER',
        src: 'bob',
        dst: 'ann',
        payload: { sdp: { type: 'answer', sdp: 'v=0\r\n' }, type: 'media', connectionId: 'mc_3yz5c4wsmg9' },
      }),
      signals: [{ type: 'answer', pc: 'mc_3yz5c4wsmg9', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', {
        type: 'CANDIDATE',
        src: 'bob',
        dst: 'ann',
        payload: {
          candidate: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'HWa7' },
          type: 'media',
          connectionId: 'mc_3yz5c4wsmg9',
        },
      }),
      signals: [{ type: 'candidate', pc: 'mc_3yz5c4wsmg9', candidate: CANDIDATE, mid: '0', mLine: 0, ufrag: 'HWa7' }],
    },
    { frame: frame('out', { type: 'HEARTBEAT' }), signals: [{ type: 'notify', method: 'HEARTBEAT' }] },
    {
      frame: frame('in', { type: 'EXPIRE', src: 'ghost', dst: 'ann' }),
      signals: [{ type: 'notify', method: 'EXPIRE' }],
    },
    { frame: frame('in', { type: 'LEAVE', src: 'bob' }), signals: [{ type: 'bye', pc: 'mc_3yz5c4wsmg9' }] },
    {
      frame: frame('in', { type: 'ID-TAKEN', payload: { msg: 'ID is taken' } }),
      signals: [{ type: 'response', method: 'ID-TAKEN', ok: false }],
    },
  ],
};
