/** SIP over WebSocket (RFC 7118): registering, calls both ways, re-INVITE; candidates go with the description. */
import type { Protocol } from '../protocol.ts';
import { createSipClient } from './client.ts';
import { createSipDecoder } from './decoder.ts';
import { loadHashes } from './digest.ts';
import { examples } from './examples.ts';
import { readSip } from './message.ts';

export const sip: Protocol = {
  name: 'sip',
  title: 'SIP over WebSocket (RFC 7118)',
  tested: 'Kamailio 5.6.3 of Debian; JsSIP 3.13.8 and SIP.js 0.21.2 in Chromium 156',
  subprotocols: ['sip'],
  params: {
    password: 'password of --as',
    user: 'name the password belongs to (default: --as)',
    domain: 'domain of the addresses (default: host of the URL)',
    display: 'name shown to who is called',
    register: 'no: call without registering',
  },
  capabilities: {
    // Clients of SIP wait until their candidates are gathered; few servers know of trickling (RFC 8840).
    trickle: false,
    renegotiation: true,
    restart: 'offer',
    bye: true,
    endOfCandidates: false,
  },
  detect({ subprotocol, frame }) {
    if (subprotocol === 'sip') return 0.95;
    if (!frame) return 0;
    const message = readSip(frame);
    return 'fault' in message ? 0 : 0.95;
  },
  load: loadHashes,
  decoder: createSipDecoder,
  client: createSipClient,
  examples,
};
