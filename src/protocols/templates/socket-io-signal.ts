import type { TemplateSource } from '../template/source.ts';
import { ICE, OFFER, SDP } from './example.ts';

const signal = (peer: string, content: unknown) => ['signal', peer, { $json: content }];

/** JSON in a string, addressed by position; who joins offers to everyone who is there. */
export const socketIoSignal: TemplateSource = {
  name: 'socket.io-signal',
  title: 'Socket.IO signal(id, JSON of {sdp} or {ice}) with join-call',
  carrier: 'socket.io',
  self: '{{sid}}',
  role: 'newcomer',
  join: [{ send: ['join-call', '{{room}}'] }, { expect: ['user-joined', '{{self}}', '{{peers}}'] }],
  messages: {
    offer: signal('{{peer}}', { sdp: '{{desc}}' }),
    answer: signal('{{peer}}', { sdp: '{{desc}}' }),
    candidate: signal('{{peer}}', { ice: '{{ice}}' }),
    joined: { send: null, recv: ['user-joined', '{{peer}}'] },
    left: { send: null, recv: ['user-left', '{{peer}}'] },
  },
  examples: [
    { in: ['user-joined', 'b2', ['b2', 'client']], signals: [{ type: 'presence', who: 'b2', change: 'join' }] },
    { in: ['signal', 'b2', JSON.stringify({ sdp: OFFER })], signals: [{ type: 'offer', pc: 'b2+client' }] },
    { out: ['signal', 'b2', JSON.stringify({ sdp: { type: 'answer', sdp: SDP } })], signals: [{ type: 'answer' }] },
    { in: ['signal', 'b2', JSON.stringify({ ice: ICE })], signals: [{ type: 'candidate', mid: '0' }] },
  ],
};
