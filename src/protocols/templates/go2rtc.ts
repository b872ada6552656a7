import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

/** `--room` is the stream. Every offer is a new peer connection, and all candidates are of the first section. */
export const go2rtc: TemplateSource = {
  name: 'go2rtc',
  title: 'go2rtc (WebSocket /api/ws)',
  carrier: 'json',
  connect: { path: '/api/ws', query: { src: '{{room}}' } },
  peer: 'stream',
  role: 'us',
  renegotiation: 'go2rtc makes a new peer connection of every offer',
  restart: 'reconnect',
  values: { mid: '0' },
  errors: [{ type: 'error', value: '{{why}}' }],
  messages: {
    eoc: { type: 'webrtc/candidate', value: '' },
    offer: { send: { type: 'webrtc/offer', value: '{{sdp}}' }, recv: null },
    answer: {
      $any: [
        { type: 'webrtc/answer', value: '{{sdp}}' },
        { type: 'webrtc', value: '{{desc}}' },
      ],
    },
    candidate: { type: 'webrtc/candidate', value: '{{candidate}}' },
  },
  examples: [
    { out: { type: 'webrtc/offer', value: SDP }, signals: [{ type: 'offer', pc: 'client+stream' }] },
    { in: { type: 'webrtc/answer', value: SDP }, signals: [{ type: 'answer', pc: 'client+stream' }] },
    { in: { type: 'webrtc/candidate', value: CANDIDATE }, signals: [{ type: 'candidate', mid: '0' }] },
    { in: { type: 'webrtc/candidate', value: '' }, signals: [{ type: 'end-of-candidates' }] },
    { in: { type: 'error', value: 'webrtc/offer: no source' }, signals: [{ type: 'response', ok: false }] },
  ],
};
