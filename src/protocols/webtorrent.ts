/** The WebSocket trackers of WebTorrent: whole descriptions without trickling, each offer for a connection of its own. */
import type { Capabilities, Frame, Protocol } from './protocol.ts';
import { createTrackerClient } from './webtorrent/client.ts';
import { createTrackerDecoder } from './webtorrent/decoder.ts';
import { readTracker } from './webtorrent/wire.ts';

const ONE_OFFER = {
  why: 'a tracker passes on one offer and one answer for each connection; hang up and call again',
};

const capabilities: Capabilities = {
  trickle: false,
  renegotiation: ONE_OFFER,
  restart: ONE_OFFER,
  bye: false,
  endOfCandidates: false,
};

const frame = (direction: Frame['direction'], data: object): Frame => ({
  data: JSON.stringify({ action: 'announce', info_hash: HASH, ...data }),
  encoding: 'text',
  direction,
});

const HASH = '~I|\u0007zL¥\u0019W¶¾&ü\u0002ß^Ü\u0016\u008aü';
const OFFER_ID = 'jrTZ\u00a0ÓaÌ4\u0002\u008bø\u0010\u0094ã\u0099>ü©»';
const OTHER = '-WW0208-LXNnMOYDtMHH';
const offer = { type: 'offer', sdp: 'v=0\r\n' };
const answer = { type: 'answer', sdp: 'v=0\r\n' };
const PC = '6a72545aa0d361cc3402';

export const webtorrent: Protocol = {
  name: 'webtorrent',
  title: 'WebTorrent trackers (bittorrent-tracker)',
  tested: 'bittorrent-tracker 11.2: its server, its client in Chromium 156',
  subprotocols: [],
  rooms: true,
  capabilities,
  detect({ frame: first }) {
    const message = first && readTracker(first);
    if (!message || 'fault' in message) return 0;
    if (message.action === undefined) return message.failure === undefined ? 0 : 0.6;
    return message.action === 'announce' && message.infoHash !== undefined ? 0.95 : 0;
  },
  decoder: createTrackerDecoder,
  client: createTrackerClient,
  examples: [
    {
      frame: frame('out', { event: 'started', numwant: 1, peer_id: 'us', offers: [{ offer, offer_id: 'ours' }] }),
      signals: [{ type: 'offer', pc: 'ours', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', { interval: 120, complete: 1, incomplete: 1 }),
      signals: [{ type: 'response', method: 'announce', ok: true }],
    },
    {
      frame: frame('in', { offer, offer_id: OFFER_ID, peer_id: OTHER }),
      signals: [{ type: 'offer', pc: PC, sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('out', { peer_id: 'us', to_peer_id: OTHER, answer, offer_id: OFFER_ID }),
      signals: [{ type: 'answer', pc: PC, sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', { answer, offer_id: 'ours', peer_id: OTHER }),
      signals: [{ type: 'answer', pc: 'ours', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('out', { event: 'stopped', peer_id: 'us' }),
      signals: [{ type: 'request', method: 'announce stopped' }],
    },
    {
      frame: frame('in', { 'failure reason': 'invalid info_hash' }),
      signals: [{ type: 'response', method: 'announce', ok: false }],
    },
  ],
};
