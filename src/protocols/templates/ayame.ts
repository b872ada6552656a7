import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

/** Two in a room, without names; who comes second offers. */
export const ayame: TemplateSource = {
  name: 'ayame',
  title: 'WebRTC Signaling Server Ayame',
  tested: '@open-ayame/ayame-web-sdk 2025.1 in Chromium 156, in a room that stands in for the server',
  carrier: 'json',
  connect: { path: '/signaling' },
  peer: 'peer',
  join: [
    {
      send: {
        type: 'register',
        roomId: '{{room}}',
        clientId: '{{uuid}}',
        key: '{{key?}}',
        authnMetadata: '{{metadata?}}',
      },
    },
    { expect: { type: 'accept', isExistClient: '{{offerer}}' } },
  ],
  params: { key: 'signaling key', metadata: 'authnMetadata' },
  errors: [{ type: 'reject', reason: '{{why}}' }],
  replies: [{ on: { type: 'ping' }, send: { type: 'pong' } }],
  messages: {
    offer: { type: 'offer', sdp: '{{sdp}}' },
    answer: { type: 'answer', sdp: '{{sdp}}' },
    candidate: { type: 'candidate', ice: '{{ice}}' },
    bye: { type: 'bye' },
  },
  examples: [
    {
      in: { type: 'accept', connectionId: 'c', isExistClient: true, isExistUser: true },
      signals: [{ type: 'notify', method: 'accept' }],
    },
    { out: OFFER, signals: [{ type: 'offer', pc: 'client+peer' }] },
    { in: ANSWER, signals: [{ type: 'answer', pc: 'client+peer' }] },
    { in: { type: 'candidate', ice: ICE }, signals: [{ type: 'candidate', mid: '0' }] },
    { in: { type: 'ping' }, signals: [{ type: 'notify', method: 'ping' }] },
    { in: { type: 'bye' }, signals: [{ type: 'bye' }] },
  ],
};
