/** The protocol of MDN's "Signaling and video calling" (webrtc-from-chat): JSON text, users addressed by name. */
import { createMdnClient } from './mdn-client.ts';
import { createMdnDecoder } from './mdn-decoder.ts';
import { readMessage } from './mdn-wire.ts';
import type { Frame, Protocol, ProtocolExample } from './protocol.ts';

const frame = (direction: Frame['direction'], data: string): Frame => ({ data, encoding: 'text', direction });

/** One connection, in order: bob joins a room where alice is, and is called. */
const examples: readonly ProtocolExample[] = [
  { frame: frame('in', '{"type":"id","id":1795243021226}'), signals: [{ type: 'notify', method: 'id' }] },
  {
    frame: frame('out', '{"name":"bob","date":1795243022913,"id":1795243021226,"type":"username"}'),
    signals: [{ type: 'request', method: 'username' }],
  },
  {
    frame: frame('in', '{"type":"userlist","users":["alice","bob"]}'),
    signals: [{ type: 'presence', who: 'alice', change: 'join' }],
  },
  {
    frame: frame(
      'in',
      '{"name":"alice","target":"bob","type":"video-offer","sdp":{"type":"offer","sdp":"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n"}}',
    ),
    signals: [{ type: 'offer', pc: 'alice+bob', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' }],
  },
  {
    frame: frame(
      'in',
      '{"type":"new-ice-candidate","target":"bob","candidate":{"candidate":"candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"RHdp"}}',
    ),
    signals: [{ type: 'candidate', pc: 'alice+bob', mid: '0', mLine: 0, ufrag: 'RHdp' }],
  },
  {
    frame: frame(
      'out',
      '{"name":"bob","target":"alice","type":"video-answer","sdp":{"type":"answer","sdp":"v=0\\r\\n"}}',
    ),
    signals: [{ type: 'answer', pc: 'alice+bob', sdp: 'v=0\r\n' }],
  },
  {
    frame: frame(
      'in',
      '{"type":"new-ice-candidate","target":"bob","candidate":{"candidate":"","sdpMid":"0","usernameFragment":"RHdp"}}',
    ),
    signals: [{ type: 'end-of-candidates', pc: 'alice+bob', mid: '0', ufrag: 'RHdp' }],
  },
  {
    frame: frame('in', '{"name":"alice","target":null,"type":"hang-up"}'),
    signals: [{ type: 'bye', pc: 'alice+bob' }],
  },
  {
    frame: frame('in', '{"type":"userlist","users":["bob"]}'),
    signals: [{ type: 'presence', who: 'alice', change: 'leave' }],
  },
];

export const mdn: Protocol = {
  name: 'mdn',
  title: 'MDN "Signaling and video calling" (webrtc-from-chat)',
  tested: 'renego serve, its page in Chromium 156',
  subprotocols: ['json'],
  capabilities: {
    trickle: true,
    renegotiation: true,
    restart: 'offer',
    bye: true,
    // Chromium's page never says it; Firefox's sends an empty candidate per section, and so do we for the first one.
    endOfCandidates: true,
  },
  detect({ url, subprotocol, frame: first }) {
    const message = first && readMessage(first);
    if (message && !('fault' in message)) {
      return message.type === 'id' && typeof message.body.id === 'number' ? 0.95 : 0;
    }
    if (subprotocol === 'json') return 0.4;
    return url !== undefined && /:6503(?:\/|$)/.test(url) ? 0.5 : 0;
  },
  decoder: createMdnDecoder,
  client: createMdnClient,
  examples,
};
