import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const message = (type: string, payload: unknown) => {
  const common = { type, sid: '{{call}}', roomType: 'video', ...(payload === undefined ? {} : { payload }) };
  return {
    send: ['message', { to: '{{to}}', ...common, prefix: 'webkit' }],
    recv: ['message', { from: '{{from}}', ...common, sid: '{{call?}}', roomType: '{{roomType?}}' }],
  };
};

/** Who joins calls everyone whom the acknowledgement of the join lists. */
export const simpleWebRtc: TemplateSource = {
  name: 'simplewebrtc',
  title: 'SimpleWebRTC with signalmaster (Socket.IO)',
  carrier: 'socket.io',
  role: 'newcomer',
  self: '{{sid}}',
  join: [{ send: ['join', '{{room}}'], ack: [null, { clients: { $keys: '{{peer}}' } }] }],
  messages: {
    eoc: message('endOfCandidates', undefined),
    offer: message('offer', '{{desc}}'),
    answer: message('answer', '{{desc}}'),
    candidate: message('candidate', { candidate: '{{ice}}' }),
    left: { send: null, recv: ['remove', { id: '{{peer}}' }] },
  },
  leave: ['leave'],
  examples: [
    {
      in: ['message', { from: 'b2', sid: 's1', roomType: 'video', type: 'offer', payload: OFFER }],
      signals: [{ type: 'offer', pc: 'b2+client' }],
    },
    {
      out: ['message', { to: 'b2', sid: 's1', roomType: 'video', type: 'answer', payload: ANSWER, prefix: 'webkit' }],
      signals: [{ type: 'answer', pc: 'b2+client' }],
    },
    {
      in: ['message', { from: 'b2', sid: 's1', roomType: 'video', type: 'candidate', payload: { candidate: ICE } }],
      signals: [{ type: 'candidate', mid: '0' }],
    },
    {
      in: ['message', { from: 'b2', sid: 's1', roomType: 'video', type: 'endOfCandidates' }],
      signals: [{ type: 'end-of-candidates' }],
    },
    { in: ['remove', { id: 'b2', type: null }], signals: [{ type: 'notify', method: 'remove' }] },
  ],
};
