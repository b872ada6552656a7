import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

/** renego consumes: it asks a producer for a session, and the producer offers. */
export const gstWebRtc: TemplateSource = {
  name: 'gst-webrtc',
  title: 'GStreamer signalling (gst-plugins-rs), as consumer: is offered to by webrtcsink',
  tested: 'a scripted server, with renego as producer',
  carrier: 'json',
  role: 'them',
  restart: 'unsupported',
  join: [
    { expect: { type: 'welcome', peerId: '{{self}}' } },
    { send: { type: 'setPeerStatus', roles: ['listener', 'consumer'], meta: { name: '{{as}}' } } },
    { send: { type: 'list' } },
    { expect: { type: 'list', producers: { $each: { id: '{{peer}}' } } } },
  ],
  errors: [{ type: 'error', details: '{{why}}' }],
  keep: [{ type: 'sessionStarted', peerId: '{{peer}}', sessionId: '{{session}}' }],
  messages: {
    offer: { type: 'peer', sessionId: '{{session}}', sdp: '{{desc}}' },
    answer: { type: 'peer', sessionId: '{{session}}', sdp: '{{desc}}' },
    candidate: {
      type: 'peer',
      sessionId: '{{session}}',
      ice: { candidate: '{{candidate}}', sdpMLineIndex: '{{index}}' },
    },
    bye: { type: 'endSession', sessionId: '{{session}}' },
    request: { send: { type: 'startSession', peerId: '{{peer}}' }, recv: null },
    joined: {
      send: null,
      recv: {
        type: 'peerStatusChanged',
        peerId: '{{peer}}',
        roles: { $any: [['producer'], ['{{firstRole}}', 'producer']] },
      },
    },
    left: { send: null, recv: { type: 'peerStatusChanged', peerId: '{{peer}}' } },
  },
  examples: [
    { in: { type: 'welcome', peerId: 'me' }, signals: [{ type: 'notify', method: 'welcome' }] },
    {
      in: { type: 'list', producers: [{ id: 'cam', meta: null }] },
      signals: [
        { type: 'notify', method: 'list' },
        { type: 'presence', who: 'cam', change: 'join' },
      ],
    },
    { out: { type: 'startSession', peerId: 'cam' }, signals: [{ type: 'request', method: 'offer' }] },
    {
      in: { type: 'sessionStarted', peerId: 'cam', sessionId: 's1' },
      signals: [{ type: 'notify', method: 'sessionStarted' }],
    },
    { in: { type: 'peer', sessionId: 's1', sdp: OFFER }, signals: [{ type: 'offer', pc: 'cam+client' }] },
    { out: { type: 'peer', sessionId: 's1', sdp: ANSWER }, signals: [{ type: 'answer', pc: 'cam+client' }] },
    {
      in: { type: 'peer', sessionId: 's1', ice: { candidate: CANDIDATE, sdpMLineIndex: 0 } },
      signals: [{ type: 'candidate', pc: 'cam+client', mLine: 0 }],
    },
    { in: { type: 'endSession', sessionId: 's1' }, signals: [{ type: 'bye', pc: 'cam+client' }] },
  ],
};
