/** The simple signaling server of GStreamer's examples (also Selkies'): words, and JSON passed on as it is. */
import { createGstClient } from './gst-simple-server/client.ts';
import { createGstDecoder } from './gst-simple-server/decoder.ts';
import { readGst } from './gst-simple-server/wire.ts';
import type { Frame, Protocol } from './protocol.ts';

const frame = (direction: Frame['direction'], data: string): Frame => ({ data, encoding: 'text', direction });

const CANDIDATE = 'candidate:1 1 UDP 2015363327 192.0.2.1 48425 typ host';

export const gstSimpleServer: Protocol = {
  name: 'gst-simple-server',
  title: "GStreamer's simple_server: HELLO, SESSION, ROOM, {sdp}, {ice}",
  tested: 'a scripted server; decoded: a page and GStreamer 1.22',
  subprotocols: [],
  rooms: true,
  capabilities: { trickle: true, renegotiation: true, restart: 'offer', bye: false, endOfCandidates: false },
  detect({ frame: first }) {
    const message = first && readGst(first);
    if (message?.is !== 'word') return 0;
    if (message.word === 'HELLO') return 0.9;
    return /^(?:SESSION_OK|ROOM_OK|ROOM_PEER_JOINED|OFFER_REQUEST)$/.test(message.word) ? 0.8 : 0;
  },
  decoder: createGstDecoder,
  client: createGstClient,
  examples: [
    { frame: frame('out', 'HELLO 2001'), signals: [{ type: 'request', method: 'HELLO' }] },
    { frame: frame('in', 'HELLO'), signals: [{ type: 'response', method: 'HELLO', ok: true }] },
    { frame: frame('out', 'SESSION gst1'), signals: [{ type: 'request', method: 'SESSION' }] },
    { frame: frame('in', 'SESSION_OK'), signals: [{ type: 'response', method: 'SESSION', ok: true }] },
    {
      frame: frame('out', '{"sdp":{"type":"offer","sdp":"v=0\\r\\n"}}'),
      signals: [{ type: 'offer', pc: 'client+gst1', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', '{"sdp": {"type": "answer", "sdp": "v=0\\r\\n"}}'),
      signals: [{ type: 'answer', pc: 'client+gst1', sdp: 'v=0\r\n' }],
    },
    {
      frame: frame('in', `{"ice": {"candidate": "${CANDIDATE}", "sdpMLineIndex": 0}}`),
      signals: [{ type: 'candidate', pc: 'client+gst1', candidate: CANDIDATE, mLine: 0 }],
    },
    {
      frame: frame('out', 'OFFER_REQUEST'),
      signals: [{ type: 'request', method: 'OFFER_REQUEST', pc: 'client+gst1' }],
    },
    {
      frame: frame('in', 'ROOM_OK ann'),
      signals: [
        { type: 'response', method: 'ROOM', ok: true },
        { type: 'presence', who: 'ann', change: 'join' },
      ],
    },
    {
      frame: frame('in', 'ROOM_PEER_MSG ann {"sdp":{"type":"offer","sdp":"v=0\\r\\n"}}'),
      signals: [{ type: 'offer', pc: 'ann+client', sdp: 'v=0\r\n' }],
    },
    { frame: frame('in', 'ROOM_PEER_LEFT ann'), signals: [{ type: 'presence', who: 'ann', change: 'leave' }] },
    { frame: frame('in', "ERROR peer 'gst1' not found"), signals: [{ type: 'response', method: 'ERROR', ok: false }] },
  ],
};
