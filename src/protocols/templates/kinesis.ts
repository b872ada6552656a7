import type { TemplateSource } from '../template/source.ts';
import { ANSWER, ICE, OFFER } from './example.ts';

const message = (name: string, content: unknown) => ({
  send: { action: name, messagePayload: { $base64: { $json: content } }, correlationId: '{{txn?}}' },
  recv: { messageType: name, messagePayload: { $base64: { $json: content } } },
});

/** renego views: it connects to a URL that is signed already, and offers to the master. */
export const kinesis: TemplateSource = {
  name: 'kinesis',
  title: 'Amazon Kinesis Video Streams WebRTC, as viewer (signed URL)',
  carrier: 'json',
  peer: 'master',
  role: 'us',
  restart: 'reconnect',
  errors: [{ messageType: 'STATUS_RESPONSE', statusResponse: { description: '{{why}}' } }],
  messages: {
    offer: message('SDP_OFFER', '{{desc}}'),
    answer: message('SDP_ANSWER', '{{desc}}'),
    candidate: message('ICE_CANDIDATE', '{{ice}}'),
  },
  examples: [
    {
      out: { action: 'SDP_OFFER', messagePayload: btoa(JSON.stringify(OFFER)) },
      signals: [{ type: 'offer', pc: 'client+master' }],
    },
    {
      in: { messageType: 'SDP_ANSWER', messagePayload: btoa(JSON.stringify(ANSWER)) },
      signals: [{ type: 'answer', pc: 'client+master' }],
    },
    {
      in: { messageType: 'ICE_CANDIDATE', messagePayload: btoa(JSON.stringify(ICE)) },
      signals: [{ type: 'candidate', mid: '0' }],
    },
  ],
};
