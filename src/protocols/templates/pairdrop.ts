import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const signal = (content: object) => ({
  send: { type: 'signal', to: '{{to}}', roomType: '{{roomType}}', roomId: '{{roomId}}', ...content },
  recv: { type: 'signal', sender: { id: '{{from}}' }, roomType: '{{roomType?}}', roomId: '{{roomId?}}', ...content },
});

/** Rooms are those of the network; who joins calls. */
export const pairDrop: TemplateSource = {
  name: 'pairdrop',
  title: 'PairDrop',
  carrier: 'json',
  connect: { path: '/server', query: { webrtc_supported: 'true' } },
  role: 'newcomer',
  join: [
    { expect: { type: 'display-name', peerId: '{{self}}' } },
    { send: { type: 'join-ip-room' } },
    { expect: { type: 'peers', roomType: '{{roomType}}', roomId: '{{roomId}}', peers: { $each: { id: '{{peer}}' } } } },
  ],
  replies: [{ on: { type: 'ping' }, send: { type: 'pong' } }],
  messages: {
    eoc: signal({ ice: null }),
    offer: signal({ sdp: '{{desc}}' }),
    answer: signal({ sdp: '{{desc}}' }),
    candidate: signal({ ice: '{{ice}}' }),
    joined: { send: null, recv: { type: 'peer-joined', peer: { id: '{{peer}}' } } },
    left: { send: null, recv: { type: 'peer-left', peerId: '{{peer}}' } },
  },
  leave: { type: 'disconnect' },
  examples: [
    {
      in: { type: 'display-name', peerId: 'client', displayName: 'Red Fox' },
      signals: [{ type: 'notify', method: 'display-name' }],
    },
    {
      in: { type: 'peers', roomType: 'ip', roomId: '127.0.0.1', peers: [{ id: 'b', rtcSupported: true }] },
      signals: [
        { type: 'notify', method: 'peers' },
        { type: 'presence', who: 'b', change: 'join' },
      ],
    },
    {
      out: { type: 'signal', to: 'b', roomType: 'ip', roomId: '127.0.0.1', sdp: OFFER },
      signals: [{ type: 'offer', pc: 'b+client' }],
    },
    { in: { type: 'signal', sender: { id: 'b' }, sdp: ANSWER }, signals: [{ type: 'answer', pc: 'b+client' }] },
    { in: { type: 'signal', sender: { id: 'b' }, ice: ICE }, signals: [{ type: 'candidate', mid: '0' }] },
    {
      in: { type: 'signal', sender: { id: 'b' }, ice: null },
      signals: [{ type: 'end-of-candidates', pc: 'b+client' }],
    },
    { in: { type: 'ping' }, signals: [{ type: 'notify', method: 'ping' }] },
    { in: { type: 'peer-left', peerId: 'b' }, signals: [{ type: 'presence', who: 'b', change: 'leave' }] },
  ],
};
