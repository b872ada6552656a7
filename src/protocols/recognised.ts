/**
 * Signaling of any system, read without knowing it: what `--protocol auto` falls back to, and what decodes the traffic of
 * others (proxy, attached browsers, captures). To read connections, use the decoder:
 *
 *   const decoder = recognised.decoder({ client: 'app', server: 'server' });
 *   const { from, to, signals, protocol } = decoder.decode({ data, encoding, direction });
 *
 * One decoder a connection, every frame in order. `protocol` names the system or packing that was recognised; put it into
 * the event in place of `unknown`. Several connections of one server: `createRecogniser` with one `createMemory()` for all
 * of them, so that what one client sent and another got is one message. Bodies of HTTP: frames with `http`.
 */
import type { Protocol, ProtocolExample } from './protocol.ts';
import { createRecogniser } from './recogniser/decoder.ts';

const WHY = 'renego does not know how this server is joined: name its protocol, or a template, with --protocol';

const example = (direction: 'in' | 'out', data: string, ...signals: ProtocolExample['signals']): ProtocolExample => ({
  frame: { data, encoding: 'text', direction },
  signals,
});

export const recognised: Protocol = {
  name: 'recognised',
  title: 'any other system: decoded by what is in its messages, not joined',
  /** Asked for while it is not known what the server speaks: which one it picks tells. */
  subprotocols: ['json', 'janus-protocol', 'sip', 'protoo'],
  capabilities: {
    trickle: true,
    renegotiation: { why: WHY },
    offers: 'them',
    restart: { why: WHY },
    bye: false,
    endOfCandidates: false,
  },
  /** Never chosen before a protocol that knows the server. */
  detect: () => 0.01,
  decoder: createRecogniser,
  client: () => ({
    opened: () => [],
    received: () => [],
    encode: () => undefined,
  }),
  examples: [
    example('out', '42["call-user",{"to":"bob","offer":{"type":"offer","sdp":"v=0\\r\\na=setup:actpass\\r\\n"}}]', {
      type: 'offer',
      pc: 'bob+client',
    }),
    example('in', '42["call-accepted",{"from":"bob","ans":"v=0\\r\\na=setup:active\\r\\n"}]', {
      type: 'answer',
      pc: 'bob+client',
      assumed: { sure: 1, because: 'a fixed a=setup' },
    }),
    example('in', '42["chat message","does anyone make an offer?"]', { type: 'other', label: 'chat message' }),
  ],
};
