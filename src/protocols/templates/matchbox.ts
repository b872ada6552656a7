import type { TemplateSource } from '../template/source.ts';
import { ICE, SDP } from './example.ts';

const signal = (data: unknown) => ({
  send: { Signal: { receiver: '{{to}}', data } },
  recv: { Signal: { sender: '{{from}}', data } },
});

/** Those who are there offer to who comes. */
export const matchbox: TemplateSource = {
  name: 'matchbox',
  title: 'matchbox (Rust games)',
  carrier: 'json',
  connect: { path: '/{{room}}' },
  role: 'resident',
  join: [{ expect: { IdAssigned: '{{self}}' } }],
  keepalive: { every: '10s', send: 'KeepAlive' },
  messages: {
    offer: signal({ Offer: '{{sdp}}' }),
    answer: signal({ Answer: '{{sdp}}' }),
    candidate: signal({ IceCandidate: { $json: '{{ice}}' } }),
    joined: { send: null, recv: { NewPeer: '{{peer}}' } },
    left: { send: null, recv: { PeerLeft: '{{peer}}' } },
  },
  examples: [
    { in: { IdAssigned: 'client' }, signals: [{ type: 'notify', method: 'IdAssigned' }] },
    { in: { NewPeer: 'b' }, signals: [{ type: 'presence', who: 'b', change: 'join' }] },
    { out: { Signal: { receiver: 'b', data: { Offer: SDP } } }, signals: [{ type: 'offer', pc: 'b+client' }] },
    { in: { Signal: { sender: 'b', data: { Answer: SDP } } }, signals: [{ type: 'answer', pc: 'b+client' }] },
    {
      in: { Signal: { sender: 'b', data: { IceCandidate: JSON.stringify(ICE) } } },
      signals: [{ type: 'candidate', mid: '0' }],
    },
  ],
};
