import type { TemplateSource } from '../template/source.ts';
import { ANSWER, OFFER } from './example.ts';

/**
 * The video call that a much-copied tutorial builds: the first round is a call, later ones are negotiations, and candidates
 * come with the description of the next round.
 */
export const socketIoCall: TemplateSource = {
  name: 'socket.io-call',
  title: 'Socket.IO call: user:call, incomming:call, call:accepted, peer:nego:needed',
  carrier: 'socket.io',
  self: '{{sid}}',
  role: 'resident',
  join: [
    { send: ['room:join', { email: '{{as}}', room: '{{room}}' }] },
    { expect: ['room:join', { room: '{{room}}' }] },
  ],
  messages: {
    offer: {
      send: ['user:call', { to: '{{to}}', offer: '{{desc}}' }],
      recv: {
        $any: [
          ['incomming:call', { from: '{{from}}', offer: '{{desc}}' }],
          ['incoming:call', { from: '{{from}}', offer: '{{desc}}' }],
        ],
      },
    },
    answer: {
      send: ['call:accepted', { to: '{{to}}', ans: '{{desc}}' }],
      recv: ['call:accepted', { from: '{{from}}', ans: '{{desc}}' }],
    },
    reoffer: {
      send: ['peer:nego:needed', { to: '{{to}}', offer: '{{desc}}' }],
      recv: ['peer:nego:needed', { from: '{{from}}', offer: '{{desc}}' }],
    },
    reanswer: {
      send: ['peer:nego:done', { to: '{{to}}', ans: '{{desc}}' }],
      recv: ['peer:nego:final', { from: '{{from}}', ans: '{{desc}}' }],
    },
    joined: { send: null, recv: ['user:joined', { id: '{{peer}}' }] },
  },
  examples: [
    { in: ['user:joined', { email: 'b', id: 'b2' }], signals: [{ type: 'presence', who: 'b2', change: 'join' }] },
    { out: ['user:call', { to: 'b2', offer: OFFER }], signals: [{ type: 'offer', pc: 'b2+client' }] },
    { in: ['call:accepted', { from: 'b2', ans: ANSWER }], signals: [{ type: 'answer', pc: 'b2+client' }] },
    { in: ['peer:nego:needed', { from: 'b2', offer: OFFER }], signals: [{ type: 'offer', pc: 'b2+client' }] },
    { out: ['peer:nego:done', { to: 'b2', ans: ANSWER }], signals: [{ type: 'answer', pc: 'b2+client' }] },
  ],
};
