/** ICE and DTLS. */
import { after, type Mutate, onLine, remove, removeAll, replace, whole } from './edit.ts';

export const transport: Readonly<Record<string, Mutate>> = {
  'drop an ufrag': remove(/^a=ice-ufrag/),
  'drop all ufrags': removeAll(/^a=ice-ufrag/),
  'drop a pwd': remove(/^a=ice-pwd/),
  'drop all pwds': removeAll(/^a=ice-pwd/),
  'short ufrag': replace(/^a=ice-ufrag:.*/, 'a=ice-ufrag:abc'),
  'short pwd': replace(/^a=ice-pwd:.*/, 'a=ice-pwd:tooShort'),
  'long pwd': onLine(/^a=ice-pwd/, () => `a=ice-pwd:${'longer'.repeat(43)}`),
  'space in the pwd': onLine(/^a=ice-pwd/, (line) => `${line.slice(0, 15)} ${line.slice(16)}`),
  'dash in the ufrag': replace(/^a=ice-ufrag:(...).*/, 'a=ice-ufrag:$1-_'),
  'bad character in the ufrag': replace(/^a=ice-ufrag:(...).*/, 'a=ice-ufrag:$1!'),
  'another ufrag in one section': replace(/^a=ice-ufrag:.*/, 'a=ice-ufrag:Other'),
  'another ufrag everywhere': whole((sdp) => sdp.replace(/^a=ice-ufrag:.*/gm, 'a=ice-ufrag:Other')),
  'other credentials everywhere': whole((sdp) =>
    sdp
      .replace(/^a=ice-ufrag:.*\r/gm, 'a=ice-ufrag:Fresh\r')
      .replace(/^a=ice-pwd:.*\r/gm, 'a=ice-pwd:freshFreshFreshFreshFresh\r'),
  ),
  'ice-lite': after(/^t=/, 'a=ice-lite'),
  'drop ice-options': removeAll(/^a=ice-options/),
  'drop a fingerprint': remove(/^a=fingerprint/),
  'drop all fingerprints': removeAll(/^a=fingerprint/),
  'unknown hash': replace(/^a=fingerprint:sha-256/, 'a=fingerprint:sha-999'),
  md5: replace(/^a=fingerprint:sha-256/, 'a=fingerprint:md5'),
  'short fingerprint': onLine(/^a=fingerprint/, (line) => line.slice(0, -3)),
  'fingerprint without colons': onLine(/^a=fingerprint/, (line) =>
    line.replaceAll(':', '').replace('fingerprint', 'fingerprint:'),
  ),
  'lower-case fingerprint': onLine(/^a=fingerprint/, (line) => line.toLowerCase()),
  'fingerprint without a digest': replace(/^(a=fingerprint:\S+).*/, '$1'),
  'other certificate everywhere': whole((sdp) => sdp.replace(/^(a=fingerprint:\S+ )..:..:/gm, '$1AB:CD:')),
  'other certificate in one section': replace(/^(a=fingerprint:\S+ )..:..:/, '$1AB:CD:'),
  'setup actpass': replace(/^a=setup:.*/, 'a=setup:actpass'),
  'setup active': replace(/^a=setup:.*/, 'a=setup:active'),
  'setup passive': replace(/^a=setup:.*/, 'a=setup:passive'),
  'setup active everywhere': whole((sdp) => sdp.replace(/^a=setup:\w+/gm, 'a=setup:active')),
  'setup passive everywhere': whole((sdp) => sdp.replace(/^a=setup:\w+/gm, 'a=setup:passive')),
  'setup actpass everywhere': whole((sdp) => sdp.replace(/^a=setup:\w+/gm, 'a=setup:actpass')),
  'setup holdconn': replace(/^a=setup:.*/, 'a=setup:holdconn'),
  'setup unknown': replace(/^a=setup:.*/, 'a=setup:maybe'),
  'drop a setup': remove(/^a=setup/),
  'drop all setups': removeAll(/^a=setup/),
  'drop a rtcp-mux': remove(/^a=rtcp-mux/),
  'drop all rtcp-mux': removeAll(/^a=rtcp-mux/),
};
