import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

/** The shape of most tutorials; what they differ in is read in all its forms, and written in the commonest. */
export const socketIoRooms: TemplateSource = {
  name: 'socket.io-rooms',
  title: 'Socket.IO room: join, offer {to, from, offer}, answer, ice-candidate',
  tested: 'Socket.IO 4.8 and 2.5 with their clients in Chromium 156',
  carrier: 'socket.io',
  self: '{{sid}}',
  role: 'resident',
  join: [{ send: ['{{event}}', '{{room}}'] }],
  values: { event: 'join' },
  params: { event: 'the event that joins a room, such as join-room; usually join' },
  messages: {
    offer: {
      $any: [
        ['offer', { to: '{{to}}', from: '{{from?}}', offer: '{{desc}}' }],
        ['offer', { target: '{{to?}}', from: '{{from?}}', sdp: '{{desc}}' }],
        ['offer', { targetSocketId: '{{to?}}', from: '{{from?}}', offer: '{{desc}}' }],
        ['offer', '{{desc}}', '{{from?}}'],
        ['offer', '{{from}}', '{{desc}}'],
      ],
    },
    answer: {
      $any: [
        ['answer', { to: '{{to}}', from: '{{from?}}', answer: '{{desc}}' }],
        ['answer', { target: '{{to?}}', from: '{{from?}}', sdp: '{{desc}}' }],
        ['answer', { targetSocketId: '{{to?}}', from: '{{from?}}', answer: '{{desc}}' }],
        ['answer', '{{desc}}', '{{from?}}'],
        ['answer', '{{from}}', '{{desc}}'],
      ],
    },
    candidate: {
      $any: [
        ['ice-candidate', { to: '{{to}}', from: '{{from?}}', candidate: '{{ice}}' }],
        ['ice-candidate', { target: '{{to?}}', from: '{{from?}}', candidate: '{{ice}}' }],
        ['candidate', { to: '{{to?}}', from: '{{from?}}', candidate: '{{ice}}' }],
        ['ice-candidate', '{{ice}}', '{{from?}}'],
        ['candidate', '{{ice}}', '{{from?}}'],
      ],
    },
    peers: {
      send: null,
      recv: {
        $any: [
          ['all-users', '{{peers}}'],
          ['users', '{{peers}}'],
          ['room-peers', { peers: '{{peers}}' }],
        ],
      },
    },
    joined: {
      send: null,
      recv: {
        $any: [
          ['user-joined', { id: '{{peer}}' }],
          ['user-joined', { socketId: '{{peer}}' }],
          ['user-joined', '{{peer}}'],
          ['user-connected', '{{peer}}'],
          ['peer-joined', '{{peer}}'],
          ['new-user', '{{peer}}'],
        ],
      },
    },
    left: {
      send: null,
      recv: {
        $any: [
          ['user-left', '{{peer}}'],
          ['user-disconnected', '{{peer}}'],
          ['peer-left', '{{peer}}'],
        ],
      },
    },
  },
  examples: [
    { in: ['user-joined', 'b2'], signals: [{ type: 'presence', who: 'b2', change: 'join' }] },
    { out: ['offer', { to: 'b2', offer: OFFER }], signals: [{ type: 'offer', pc: 'b2+client' }] },
    { in: ['answer', { from: 'b2', answer: ANSWER }], signals: [{ type: 'answer', pc: 'b2+client' }] },
    { in: ['ice-candidate', { from: 'b2', candidate: ICE }], signals: [{ type: 'candidate', mid: '0' }] },
    { in: ['offer', OFFER, 'b2'], signals: [{ type: 'offer', pc: 'b2+client' }] },
    { in: ['user-left', 'b2'], signals: [{ type: 'presence', who: 'b2', change: 'leave' }] },
  ],
};
