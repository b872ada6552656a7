import type { TemplateSource } from '../template/source.ts';
import { ANSWER, CANDIDATE, OFFER } from './example.ts';

/** The server tells each pair who offers. */
export const miroTalk: TemplateSource = {
  name: 'mirotalk',
  title: 'MiroTalk P2P (Socket.IO)',
  carrier: 'socket.io',
  self: '{{sid}}',
  join: [
    {
      send: [
        'join',
        {
          channel: '{{room}}',
          channel_password: '',
          peer_uuid: '{{uuid}}',
          peer_name: '{{as}}',
          peer_video: false,
          peer_audio: true,
          peer_info: {},
        },
      ],
    },
  ],
  errors: [
    ['unauthorized', '{{why?}}'],
    ['roomIsLocked', '{{why?}}'],
  ],
  messages: {
    offer: {
      send: ['relaySDP', { peer_id: '{{to}}', session_description: '{{desc}}' }],
      recv: ['sessionDescription', { peer_id: '{{from}}', session_description: '{{desc}}' }],
    },
    answer: {
      send: ['relaySDP', { peer_id: '{{to}}', session_description: '{{desc}}' }],
      recv: ['sessionDescription', { peer_id: '{{from}}', session_description: '{{desc}}' }],
    },
    candidate: {
      send: [
        'relayICE',
        { peer_id: '{{to}}', ice_candidate: { sdpMLineIndex: '{{index?}}', candidate: '{{candidate}}' } },
      ],
      recv: ['iceCandidate', { peer_id: '{{from}}', ice_candidate: '{{ice}}' }],
    },
    joined: { send: null, recv: ['addPeer', { peer_id: '{{peer}}', should_create_offer: '{{offerer?}}' }] },
    left: { send: null, recv: ['removePeer', { peer_id: '{{peer}}' }] },
  },
  examples: [
    {
      in: ['addPeer', { peer_id: 'b2', should_create_offer: true, iceServers: [] }],
      signals: [{ type: 'presence', who: 'b2', change: 'join' }],
    },
    { out: ['relaySDP', { peer_id: 'b2', session_description: OFFER }], signals: [{ type: 'offer', pc: 'b2+client' }] },
    {
      in: ['sessionDescription', { peer_id: 'b2', session_description: ANSWER }],
      signals: [{ type: 'answer', pc: 'b2+client' }],
    },
    {
      in: ['iceCandidate', { peer_id: 'b2', ice_candidate: { sdpMLineIndex: 0, candidate: CANDIDATE } }],
      signals: [{ type: 'candidate', mLine: 0 }],
    },
    { in: ['removePeer', { peer_id: 'b2' }], signals: [{ type: 'presence', who: 'b2', change: 'leave' }] },
  ],
};
