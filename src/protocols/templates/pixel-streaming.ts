import type { TemplateSource } from '../template/source.ts';
import { ICE, SDP } from './example.ts';

/** renego plays: the streamer offers once it is subscribed to. */
export const pixelStreaming: TemplateSource = {
  name: 'pixel-streaming',
  title: 'Unreal Pixel Streaming, as player',
  carrier: 'json',
  peer: 'streamer',
  role: 'them',
  restart: 'unsupported',
  join: [
    { expect: { type: 'config' } },
    { send: { type: 'listStreamers' } },
    { expect: { type: 'streamerList', ids: ['{{streamer}}'] } },
  ],
  errors: [{ type: 'subscribeFailed', message: '{{why}}' }],
  replies: [{ on: { type: 'ping', time: '{{time}}' }, send: { type: 'pong', time: '{{time}}' } }],
  messages: {
    offer: { type: 'offer', sdp: '{{sdp}}' },
    answer: { type: 'answer', sdp: '{{sdp}}' },
    candidate: { type: 'iceCandidate', candidate: '{{ice}}' },
    request: { send: { type: 'subscribe', streamerId: '{{streamer}}' }, recv: null },
    bye: { send: { type: 'unsubscribe' }, recv: { type: 'streamerDisconnected' } },
  },
  examples: [
    {
      in: { type: 'config', peerConnectionOptions: {}, protocolVersion: '1.0' },
      signals: [{ type: 'notify', method: 'config' }],
    },
    { in: { type: 'streamerList', ids: ['s1'] }, signals: [{ type: 'notify', method: 'streamerList' }] },
    { out: { type: 'subscribe', streamerId: 's1' }, signals: [{ type: 'request', method: 'offer' }] },
    { in: { type: 'offer', sdp: SDP }, signals: [{ type: 'offer', pc: 'client+streamer' }] },
    { out: { type: 'answer', sdp: SDP }, signals: [{ type: 'answer', pc: 'client+streamer' }] },
    { in: { type: 'iceCandidate', candidate: ICE }, signals: [{ type: 'candidate', mid: '0' }] },
    { in: { type: 'streamerDisconnected' }, signals: [{ type: 'bye' }] },
  ],
};
