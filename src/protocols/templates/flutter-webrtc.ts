import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const message = (type: string, content: object) => ({
  type,
  data: { to: '{{to}}', from: '{{from}}', session_id: '{{call}}', ...content },
});

export const flutterWebRtc: TemplateSource = {
  name: 'flutter-webrtc',
  title: 'flutter-webrtc-server and -demo',
  carrier: 'json',
  connect: { path: '/ws' },
  self: '{{id}}',
  params: { id: 'the id to register under; usually --as' },
  join: [{ send: { type: 'new', data: { id: '{{self}}', name: '{{as}}', user_agent: 'renego' } } }],
  keepalive: { every: '20s', send: { type: 'keepalive', data: {} } },
  errors: [{ type: 'error', data: { reason: '{{why}}' } }],
  messages: {
    offer: message('offer', { media: 'video', description: '{{desc}}' }),
    answer: message('answer', { description: '{{desc}}' }),
    candidate: message('candidate', { candidate: '{{ice}}' }),
    bye: { type: 'bye', data: { session_id: '{{call}}', from: '{{from?}}' } },
    peers: { send: null, recv: { type: 'peers', data: { $each: { id: '{{peer}}' } } } },
    left: { send: null, recv: { type: 'leave', data: '{{peer}}' } },
  },
  examples: [
    {
      in: { type: 'peers', data: [{ id: 'b', name: 'bob' }, { id: 'client' }] },
      signals: [{ type: 'presence', who: 'b', change: 'join' }],
    },
    {
      in: {
        type: 'offer',
        data: { to: 'client', from: 'b', media: 'video', session_id: 'b-client', description: OFFER },
      },
      signals: [{ type: 'offer', pc: 'b+client' }],
    },
    {
      out: { type: 'answer', data: { to: 'b', from: 'client', session_id: 'b-client', description: ANSWER } },
      signals: [{ type: 'answer', pc: 'b+client' }],
    },
    {
      in: { type: 'candidate', data: { to: 'client', from: 'b', session_id: 'b-client', candidate: ICE } },
      signals: [{ type: 'candidate', mid: '0' }],
    },
    { in: { type: 'bye', data: { session_id: 'b-client', from: 'b' } }, signals: [{ type: 'bye', pc: 'b+client' }] },
  ],
};
