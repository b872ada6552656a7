import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

/** The server puts the sender in the place of the addressee. Nobody says who is there: `--to` does. */
export const libdatachannel: TemplateSource = {
  name: 'libdatachannel',
  title: 'libdatachannel and node-datachannel example server',
  carrier: 'json',
  connect: { path: '/{{as}}' },
  messages: {
    offer: { id: '{{peer}}', type: 'offer', description: '{{sdp}}' },
    answer: { id: '{{peer}}', type: 'answer', description: '{{sdp}}' },
    candidate: { id: '{{peer}}', type: 'candidate', candidate: '{{candidate}}', mid: '{{mid}}' },
  },
  examples: [
    { in: { id: 'b', type: 'offer', description: SDP }, signals: [{ type: 'offer', pc: 'b+client' }] },
    { out: { id: 'b', type: 'answer', description: SDP }, signals: [{ type: 'answer', pc: 'b+client' }] },
    { in: { id: 'b', type: 'candidate', candidate: CANDIDATE, mid: '0' }, signals: [{ type: 'candidate', mid: '0' }] },
  ],
};
