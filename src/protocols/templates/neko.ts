import type { TemplateSource } from '../template/source.ts';
import { ICE, SDP } from './example.ts';

/** The server offers when it is asked, and restarts ICE when it is asked. */
export const neko: TemplateSource = {
  name: 'neko',
  title: 'neko (m1k1o)',
  carrier: 'json',
  connect: { path: '/api/ws', query: { token: '{{token?}}' } },
  peer: 'desktop',
  role: 'them',
  params: { token: 'session token, where it is not a cookie' },
  join: [{ expect: { event: 'system/init' } }],
  keepalive: { every: '10s', send: { event: 'client/heartbeat' } },
  errors: [{ event: 'system/disconnect', payload: { message: '{{why}}' } }],
  messages: {
    offer: {
      send: { event: 'signal/offer', payload: { sdp: '{{sdp}}' } },
      recv: { event: { $any: ['signal/provide', 'signal/offer', 'signal/restart'] }, payload: { sdp: '{{sdp}}' } },
    },
    answer: { event: 'signal/answer', payload: { sdp: '{{sdp}}' } },
    candidate: { event: 'signal/candidate', payload: '{{ice}}' },
    request: { send: { event: 'signal/request', payload: {} }, recv: null },
    restart: { send: { event: 'signal/restart' }, recv: null },
  },
  examples: [
    { in: { event: 'system/init', payload: {} }, signals: [{ type: 'notify', method: 'system/init' }] },
    { out: { event: 'signal/request', payload: {} }, signals: [{ type: 'request', method: 'offer' }] },
    {
      in: { event: 'signal/provide', payload: { sdp: SDP, iceservers: [] } },
      signals: [{ type: 'offer', pc: 'client+desktop' }],
    },
    { out: { event: 'signal/answer', payload: { sdp: SDP } }, signals: [{ type: 'answer', pc: 'client+desktop' }] },
    { in: { event: 'signal/candidate', payload: ICE }, signals: [{ type: 'candidate', mid: '0' }] },
    { out: { event: 'signal/restart' }, signals: [{ type: 'request', method: 'restart-ice' }] },
  ],
};
