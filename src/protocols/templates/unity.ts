import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

const message = (type: string, content: object) => ({
  send: { type, from: '{{connection}}', data: { ...content, connectionId: '{{connection}}' } },
  recv: { type, from: '{{fromConnection?}}', data: content },
});

/** Two in a connection, which both ends name; the server says who is polite. */
export const unityRenderStreaming: TemplateSource = {
  name: 'unity-render-streaming',
  title: 'Unity Render Streaming (WebSocket)',
  carrier: 'json',
  peer: 'peer',
  join: [
    { send: { type: 'connect', connectionId: '{{room}}' } },
    { expect: { type: 'connect', connectionId: '{{connection}}', polite: '{{polite}}' } },
  ],
  errors: [{ type: 'error', message: '{{why}}' }],
  messages: {
    offer: message('offer', { sdp: '{{sdp}}' }),
    answer: message('answer', { sdp: '{{sdp}}' }),
    candidate: message('candidate', { candidate: '{{candidate}}', sdpMid: '{{mid?}}', sdpMLineIndex: '{{index?}}' }),
    bye: { type: 'disconnect', connectionId: '{{connection}}' },
  },
  examples: [
    { in: { type: 'connect', connectionId: 'c1', polite: true }, signals: [{ type: 'notify', method: 'connect' }] },
    {
      out: { type: 'offer', from: 'c1', data: { sdp: SDP, connectionId: 'c1' } },
      signals: [{ type: 'offer', pc: 'client+peer' }],
    },
    {
      in: { from: 'c1', to: '', type: 'answer', data: { sdp: SDP } },
      signals: [{ type: 'answer', pc: 'client+peer' }],
    },
    {
      in: { from: 'c1', type: 'candidate', data: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 } },
      signals: [{ type: 'candidate', mid: '0', mLine: 0 }],
    },
    { in: { type: 'disconnect', connectionId: 'c1' }, signals: [{ type: 'bye', pc: 'client+peer' }] },
  ],
};
