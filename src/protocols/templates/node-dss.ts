import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

const message = (type: number, data: string) => ({
  send: { path: '/data/{{to}}', body: { MessageType: type, Data: data, IceDataSeparator: '|' } },
  recv: { status: 200, body: { MessageType: type, Data: data } },
});

/** A mailbox for each device, polled over HTTP. The mail has no sender: `--to` names the other device. */
export const nodeDss: TemplateSource = {
  name: 'node-dss',
  title: 'node-dss (MixedReality-WebRTC), over HTTP',
  carrier: 'http',
  messages: {
    offer: message(1, '{{sdp}}'),
    answer: message(2, '{{sdp}}'),
    candidate: message(3, '{{candidate}}|{{index}}|{{mid}}'),
  },
  keepalive: { every: '500ms', send: { method: 'GET', path: '/data/{{as}}' } },
  examples: [
    { in: JSON.stringify({ MessageType: 1, Data: SDP }), status: 200, signals: [{ type: 'offer', sdp: SDP }] },
    {
      in: JSON.stringify({ MessageType: 3, Data: `${CANDIDATE}|0|audio` }),
      status: 200,
      signals: [{ type: 'candidate', mid: 'audio', mLine: 0 }],
    },
  ],
};
