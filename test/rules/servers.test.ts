/**
 * Traffic between real clients and real signaling servers. What is found there is true: each finding below names the
 * fault that was seen when the capture was made. Anything else would be a false alarm.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readSession } from '../../src/importers/index.ts';
import { check } from '../../src/rules/index.ts';
import { withFolded } from './conversation.ts';

interface Capture {
  readonly name: string;
  readonly text: string;
}

const BUNDLE = new URL('../fixtures/healthy/servers.ndjson.br', import.meta.url);
const captures = brotliDecompressSync(readFileSync(BUNDLE))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Capture);

const TRUE_FAULTS: Readonly<Record<string, readonly string[]>> = {
  // webrtcbin answers a restart with its old credentials, and bundles nothing.
  'gst-simple-server-gstreamer': ['14 bundle-declined', '44 bundle-declined', '44 ice-restart-ignored'],
  // The gateway restarts with credentials altered on the way; a player and the server both offer, nobody answers.
  'janode-whip': ['35 candidate-unknown-generation', '45 glare-unresolved'],
  // Firefox flips its DTLS role when it answers Chromium's restart, and the call is stuck.
  'mdn-firefox-call': ['36 bundle-transport-attributes-differ', '118 dtls-role-flip'],
  // PeerJS answers a second offer with a new peer connection.
  peerjs: ['56 ice-restart-unexpected', '56 origin-changed', '73 origin-changed'],
};

test('they are all there', () => expect(captures).toHaveLength(14));

test.each(captures.map(({ name, text }) => [name, text] as const))('%s', (name, text) => {
  const findings = withFolded(check(readSession(text).events));
  const alarms = findings.filter(({ severity, rule }) => severity !== 'info' && rule !== 'offer-superseded');
  expect(alarms.map(({ event, rule }) => `${event} ${rule}`).sort()).toEqual([...(TRUE_FAULTS[name] ?? [])].sort());
});
