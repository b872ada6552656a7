/** One connection in JSON, in order: joined, published to, subscribed from, left. And the first frame in protobuf. */
import type { Frame, ProtocolExample } from '../protocol.ts';

const frame = (direction: Frame['direction'], message: object): Frame => ({
  data: JSON.stringify(message),
  encoding: 'text',
  direction,
});

const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const candidateInit = '{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0","sdpMLineIndex":0}';

export const examples: readonly ProtocolExample[] = [
  {
    // JoinResponse{room{name:"den"}, participant{identity:"me"}}
    frame: { data: 'Cg0KBRIDZGVuEgQSAm1l', encoding: 'base64', direction: 'in' },
    signals: [{ type: 'notify', method: 'join den' }],
  },
  {
    frame: frame('in', { update: { participants: [{ identity: 'alice', state: 'ACTIVE' }] } }),
    signals: [
      { type: 'notify', method: 'update' },
      { type: 'presence', who: 'alice', change: 'join' },
    ],
  },
  {
    frame: frame('out', { addTrack: { cid: 'track-1', type: 'VIDEO' } }),
    signals: [{ type: 'request', method: 'addTrack video', id: 'track-1' }],
  },
  {
    frame: frame('out', { offer: { type: 'offer', sdp, id: 1 } }),
    signals: [{ type: 'offer', pc: 'client+publisher', sdp, id: '1' }],
  },
  {
    frame: frame('in', { answer: { type: 'answer', sdp, id: 1 } }),
    signals: [{ type: 'answer', pc: 'client+publisher', sdp }],
  },
  {
    frame: frame('out', { trickle: { candidateInit, target: 'PUBLISHER' } }),
    signals: [{ type: 'candidate', pc: 'client+publisher', mid: '0', mLine: 0 }],
  },
  {
    frame: frame('in', { offer: { type: 'offer', sdp } }),
    signals: [{ type: 'offer', pc: 'client+subscriber', sdp }],
  },
  {
    frame: frame('out', { answer: { type: 'answer', sdp } }),
    signals: [{ type: 'answer', pc: 'client+subscriber', sdp }],
  },
  {
    frame: frame('in', { trickle: { candidateInit: '', target: 'SUBSCRIBER', final: true } }),
    signals: [{ type: 'end-of-candidates', pc: 'client+subscriber' }],
  },
  {
    frame: frame('in', { leave: { action: 'RESUME', reason: 'STATE_MISMATCH' } }),
    signals: [{ type: 'notify', method: 'leave RESUME STATE_MISMATCH' }],
  },
  {
    frame: frame('out', { leave: { reason: 'CLIENT_INITIATED' } }),
    signals: [
      { type: 'request', method: 'leave' },
      { type: 'bye', pc: 'client+publisher' },
      { type: 'bye', pc: 'client+subscriber' },
    ],
  },
];
