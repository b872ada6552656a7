import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

const command = (name: string, content: object) => ({ command: name, streamId: '{{room}}', ...content });

/** renego publishes the stream that `--room` names, once the server says start. */
export const antMedia: TemplateSource = {
  name: 'ant-media',
  title: 'Ant Media Server (WebSocket), as publisher',
  carrier: 'json',
  peer: 'server',
  role: 'us',
  params: { token: 'publish token' },
  join: [
    { send: command('publish', { token: '{{token?}}', video: true, audio: true }) },
    { expect: { command: 'start', streamId: '{{stream}}' } },
  ],
  errors: [{ command: 'error', definition: '{{why}}' }],
  keepalive: { every: '3s', send: { command: 'ping' } },
  messages: {
    offer: command('takeConfiguration', { type: 'offer', sdp: '{{sdp}}' }),
    answer: command('takeConfiguration', { type: 'answer', sdp: '{{sdp}}' }),
    candidate: command('takeCandidate', { label: '{{index?}}', id: '{{mid?}}', candidate: '{{candidate}}' }),
    bye: command('stop', {}),
  },
  examples: [
    { in: { command: 'start', streamId: 's1' }, signals: [{ type: 'notify', method: 'start' }] },
    { out: { command: 'takeConfiguration', streamId: 's1', type: 'offer', sdp: SDP }, signals: [{ type: 'offer' }] },
    { in: { command: 'takeConfiguration', streamId: 's1', type: 'answer', sdp: SDP }, signals: [{ type: 'answer' }] },
    {
      in: { command: 'takeCandidate', streamId: 's1', label: 0, id: '0', candidate: CANDIDATE },
      signals: [{ type: 'candidate', mid: '0', mLine: 0 }],
    },
    { in: { command: 'stop', streamId: 's1' }, signals: [{ type: 'bye' }] },
  ],
};
