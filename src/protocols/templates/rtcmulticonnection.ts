import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

const EVENT = 'RTCMultiConnection-Message';
const say = (message: unknown) => [EVENT, { remoteUserId: '{{to}}', sender: '{{from}}', message }];
const CONSTRAINTS = { OfferToReceiveAudio: true, OfferToReceiveVideo: true };
const PREFERENCES = {
  extra: {},
  localPeerSdpConstraints: CONSTRAINTS,
  remotePeerSdpConstraints: CONSTRAINTS,
  isOneWay: false,
  isDataOnly: false,
  dontGetRemoteStream: false,
  dontAttachLocalStream: false,
};

/** The newcomer asks the owner of the room to take part, says that it is ready, and is offered to. */
export const rtcMultiConnection: TemplateSource = {
  name: 'rtcmulticonnection',
  title: 'RTCMultiConnection (Socket.IO)',
  tested: 'rtcmulticonnection-server 1.3.3, rtcmulticonnection 3.7.1 in Chromium 156',
  carrier: 'socket.io',
  role: 'callee',
  self: '{{as}}',
  connect: {
    query: {
      userid: '{{as}}',
      sessionid: '{{room}}',
      msgEvent: EVENT,
      socketCustomEvent: 'RTCMultiConnection-Custom-Message',
      autoCloseEntireSession: 'false',
      maxParticipantsAllowed: '1000',
      extra: '{}',
    },
  },
  join: [
    {
      send: [
        'join-room',
        {
          sessionid: '{{room}}',
          session: { audio: true, data: true },
          mediaConstraints: {},
          sdpConstraints: {},
          streams: [],
          extra: {},
          password: '',
        },
      ],
      ack: [true],
    },
    {
      send: [
        EVENT,
        {
          remoteUserId: '{{room}}',
          sender: '{{as}}',
          message: {
            newParticipationRequest: true,
            isOneWay: false,
            isDataOnly: false,
            localPeerSdpConstraints: CONSTRAINTS,
            remotePeerSdpConstraints: CONSTRAINTS,
          },
        },
      ],
    },
  ],
  replies: [
    {
      on: [EVENT, { sender: '{{peer}}', message: { enableMedia: true, userPreferences: '{{preferences}}' } }],
      send: say({ readyForOffer: true, userPreferences: '{{preferences}}' }),
    },
    {
      on: [EVENT, { sender: '{{peer}}', message: { newParticipationRequest: true } }],
      send: say({ enableMedia: true, userPreferences: PREFERENCES }),
    },
  ],
  messages: {
    offer: say('{{desc}}'),
    // Without the flag the page takes it for another call.
    reoffer: { send: say({ type: 'offer', sdp: '{{sdp}}', renegotiatingPeer: true }), recv: null },
    answer: say('{{desc}}'),
    candidate: say({ candidate: '{{candidate}}', sdpMid: '{{mid?}}', sdpMLineIndex: '{{index?}}' }),
    bye: say({ userLeft: true }),
    request: { send: null, recv: [EVENT, { sender: '{{from}}', message: { readyForOffer: true } }] },
    joined: { send: null, recv: ['user-connected', '{{peer}}'] },
    left: { send: null, recv: ['user-disconnected', '{{peer}}'] },
  },
  examples: [
    { in: ['user-connected', 'b2'], signals: [{ type: 'presence', who: 'b2', change: 'join' }] },
    {
      in: [EVENT, { remoteUserId: 'client', message: OFFER, sender: 'b2', extra: {} }],
      signals: [{ type: 'offer', pc: 'b2+client' }],
    },
    {
      out: [EVENT, { remoteUserId: 'b2', message: ANSWER, sender: 'client' }],
      signals: [{ type: 'answer', pc: 'b2+client' }],
    },
    {
      in: [
        EVENT,
        { remoteUserId: 'client', message: { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 }, sender: 'b2' },
      ],
      signals: [{ type: 'candidate', mid: '0', mLine: 0 }],
    },
    {
      in: [EVENT, { remoteUserId: 'client', message: { userLeft: true }, sender: 'b2' }],
      signals: [{ type: 'bye', pc: 'b2+client' }],
    },
    { in: ['user-disconnected', 'b2'], signals: [{ type: 'presence', who: 'b2', change: 'leave' }] },
  ],
};
