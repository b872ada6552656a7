import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const call = (method: string, params: unknown) => ({ jsonrpc: '2.0', method, params });
const PUBLISHER = 0;

/** renego publishes, and asks for no subscription: the first offer goes with the join, answers are results. */
export const ionSfu: TemplateSource = {
  name: 'ion-sfu',
  title: 'ion-sfu (JSON-RPC), as publisher only: its second peer connection, for what is received, is declined',
  carrier: 'json',
  connect: { path: '/ws' },
  peer: 'sfu',
  role: 'us',
  errors: [{ error: { message: '{{why}}' } }],
  messages: {
    offer: {
      send: {
        ...call('join', { sid: '{{room}}', uid: '{{as}}', offer: '{{desc}}', config: { NoSubscribe: true } }),
        id: '{{seq}}',
      },
      recv: null,
    },
    reoffer: { send: { ...call('offer', { desc: '{{desc}}' }), id: '{{seq}}' }, recv: null },
    answer: { send: null, recv: { result: '{{desc}}' } },
    candidate: call('trickle', { target: PUBLISHER, candidate: '{{ice}}' }),
  },
  examples: [
    {
      out: { ...call('join', { sid: 'room', uid: 'client', offer: OFFER, config: { NoSubscribe: true } }), id: 1 },
      signals: [{ type: 'offer', pc: 'client+sfu' }],
    },
    { in: { id: 1, result: ANSWER, jsonrpc: '2.0' }, signals: [{ type: 'answer', pc: 'client+sfu' }] },
    { in: call('trickle', { target: 0, candidate: ICE }), signals: [{ type: 'candidate', mid: '0' }] },
    { in: call('offer', OFFER), signals: [{ type: 'other', label: 'offer' }] },
  ],
};
