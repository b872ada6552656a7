import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const ids = { id: '{{id}}', peer_id: '{{peerId}}' };

/** renego plays: the server offers, with its candidates beside the description. */
export const ovenMedia: TemplateSource = {
  name: 'oven-media',
  title: 'OvenMediaEngine (WebSocket), as player',
  carrier: 'json',
  peer: 'server',
  role: 'them',
  restart: 'reconnect',
  errors: [{ code: '{{code}}', error: '{{why}}' }],
  replies: [{ on: { command: 'ping' }, send: { command: 'pong' } }],
  messages: {
    offer: { send: null, recv: { command: 'offer', ...ids, sdp: '{{desc}}', candidates: { $each: '{{ice}}' } } },
    answer: { command: 'answer', ...ids, sdp: '{{desc}}' },
    candidate: { command: 'candidate', ...ids, candidates: { $each: '{{ice}}' } },
    request: { send: { command: 'request_offer' }, recv: null },
    bye: { send: { command: 'stop', ...ids }, recv: { command: 'stop' } },
  },
  examples: [
    { out: { command: 'request_offer' }, signals: [{ type: 'request', method: 'offer' }] },
    {
      in: { command: 'offer', id: 1, peer_id: 0, sdp: OFFER, candidates: [ICE] },
      signals: [{ type: 'offer' }, { type: 'candidate', mid: '0' }],
    },
    { out: { command: 'answer', id: 1, peer_id: 0, sdp: ANSWER }, signals: [{ type: 'answer' }] },
    {
      in: { command: 'candidate', id: 1, peer_id: 0, candidates: [ICE, ICE] },
      signals: [
        { type: 'candidate', mid: '0' },
        { type: 'candidate', mid: '0' },
      ],
    },
    { in: { command: 'ping' }, signals: [{ type: 'notify', method: 'ping' }] },
  ],
};
