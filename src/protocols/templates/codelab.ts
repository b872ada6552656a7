import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

/** Everything goes to everyone in the room of two; who comes second says that it is ready, and who was first offers. */
export const codelab: TemplateSource = {
  name: 'codelab',
  title: 'Google WebRTC codelab (Socket.IO, "create or join")',
  tested: "Socket.IO 2.5 with a page of the codelab's kind, Chromium 156",
  carrier: 'socket.io',
  peer: 'peer',
  role: 'resident',
  join: [
    { send: ['create or join', '{{room}}'] },
    {
      expect: {
        $any: [
          ['created', '{{room}}'],
          ['joined', '{{room}}'],
        ],
      },
    },
    { send: ['message', 'got user media'] },
  ],
  errors: [['full', '{{fullRoom}}']],
  messages: {
    offer: ['message', '{{desc}}'],
    answer: ['message', '{{desc}}'],
    candidate: ['message', { type: 'candidate', label: '{{index}}', id: '{{mid}}', candidate: '{{candidate}}' }],
    bye: ['message', 'bye'],
    joined: { send: null, recv: ['message', 'got user media'] },
  },
  examples: [
    { in: ['created', 'foo', 'a1'], signals: [{ type: 'notify', method: 'created' }] },
    { in: ['message', 'got user media'], signals: [{ type: 'presence', who: 'peer', change: 'join' }] },
    { out: ['message', OFFER], signals: [{ type: 'offer', pc: 'client+peer' }] },
    { in: ['log', ['Client said: ', OFFER]], signals: [{ type: 'other', label: 'log' }] },
    { in: ['message', ANSWER], signals: [{ type: 'answer', pc: 'client+peer' }] },
    {
      in: ['message', { type: 'candidate', label: 0, id: '0', candidate: CANDIDATE }],
      signals: [{ type: 'candidate', mid: '0', mLine: 0, candidate: CANDIDATE }],
    },
    { in: ['message', 'bye'], signals: [{ type: 'bye', pc: 'client+peer' }] },
  ],
};
