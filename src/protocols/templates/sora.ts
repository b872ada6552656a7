import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

/** The server offers at once, and again whenever something changes; `--room` is the channel. */
export const sora: TemplateSource = {
  name: 'sora',
  title: 'WebRTC SFU Sora',
  carrier: 'json',
  connect: { path: '/signaling' },
  peer: 'sora',
  role: 'them',
  restart: 'unsupported',
  params: { metadata: 'metadata of the connection' },
  join: [
    {
      send: {
        type: 'connect',
        role: 'sendrecv',
        channel_id: '{{room}}',
        client_id: '{{as}}',
        metadata: '{{metadata?}}',
        audio: true,
        video: true,
        data_channel_signaling: false,
      },
    },
  ],
  replies: [{ on: { type: 'ping' }, send: { type: 'pong' } }],
  messages: {
    offer: { send: null, recv: { type: 'offer', sdp: '{{sdp}}' } },
    reoffer: { send: null, recv: { type: { $any: ['re-offer', 'update'] }, sdp: '{{sdp}}' } },
    answer: { type: 'answer', sdp: '{{sdp}}' },
    reanswer: { send: { type: 're-answer', sdp: '{{sdp}}' }, recv: null },
    candidate: {
      type: 'candidate',
      candidate: '{{candidate}}',
      sdpMid: '{{mid?}}',
      sdpMLineIndex: '{{index?}}',
      usernameFragment: '{{ufrag?}}',
    },
  },
  leave: { type: 'disconnect', reason: 'NO-ERROR' },
  examples: [
    {
      in: { type: 'offer', sdp: SDP, client_id: 'c', connection_id: 'd' },
      signals: [{ type: 'offer', pc: 'client+sora' }],
    },
    { out: { type: 'answer', sdp: SDP }, signals: [{ type: 'answer', pc: 'client+sora' }] },
    {
      out: { type: 'candidate', candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 },
      signals: [{ type: 'candidate', mid: '0' }],
    },
    { in: { type: 're-offer', sdp: SDP }, signals: [{ type: 'offer', pc: 'client+sora' }] },
    { out: { type: 're-answer', sdp: SDP }, signals: [{ type: 'answer', pc: 'client+sora' }] },
    { in: { type: 'ping' }, signals: [{ type: 'notify', method: 'ping' }] },
  ],
};
