import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

const ICE = { candidate: '{{candidate}}', sdpMLineIndex: '{{index}}' };

/** renego produces, as webrtcsink does: whoever starts a session is offered to. */
export const gstWebRtcProducer: TemplateSource = {
  name: 'gst-webrtc-producer',
  title: 'GStreamer signalling (gst-plugins-rs), as producer: offers to webrtcsrc and gstwebrtc-api',
  tested: 'a scripted server, with renego as consumer',
  carrier: 'json',
  role: 'us',
  restart: 'unsupported',
  join: [
    { expect: { type: 'welcome', peerId: '{{self}}' } },
    { send: { type: 'setPeerStatus', roles: ['producer'], meta: { name: '{{as}}' } } },
  ],
  errors: [{ type: 'error', details: '{{why}}' }],
  messages: {
    offer: { type: 'peer', sessionId: '{{session}}', sdp: '{{desc}}' },
    answer: { type: 'peer', sessionId: '{{session}}', sdp: '{{desc}}' },
    candidate: { type: 'peer', sessionId: '{{session}}', ice: ICE },
    bye: { type: 'endSession', sessionId: '{{session}}' },
    joined: { send: null, recv: { type: 'startSession', peerId: '{{peer}}', sessionId: '{{session}}' } },
  },
  examples: [
    {
      in: { type: 'startSession', peerId: 'viewer', sessionId: 's1' },
      signals: [{ type: 'presence', who: 'viewer', change: 'join' }],
    },
    { out: { type: 'peer', sessionId: 's1', sdp: OFFER }, signals: [{ type: 'offer', pc: 'client+viewer' }] },
    { in: { type: 'peer', sessionId: 's1', sdp: ANSWER }, signals: [{ type: 'answer', pc: 'client+viewer' }] },
    {
      in: { type: 'peer', sessionId: 's1', ice: { candidate: CANDIDATE, sdpMLineIndex: 0 } },
      signals: [{ type: 'candidate', pc: 'client+viewer', mLine: 0 }],
    },
    { in: { type: 'endSession', sessionId: 's1' }, signals: [{ type: 'bye', pc: 'client+viewer' }] },
  ],
};
