/** The reading of candidates against what Chromium 156 did with the same lines, in a description and in addIceCandidate. */
import { expect, test } from 'vitest';
import { candidateFault } from '../../src/rules/candidate-fault.ts';

const REFUSED: readonly (readonly [line: string, reason: string])[] = [
  ['candidate:bad', 'Expect at least 8 fields.'],
  ['candidate:1 1 udp 2122260223 192.0.2.1 99999 typ host', 'Invalid port'],
  ['candidate:1 1 udp 2122260223 192.0.2.1 70 tip host', 'Expect at least 8 fields.'],
  ['candidate:1 1 sctp 2122260223 192.0.2.1 70 typ host', 'Unsupported transport type'],
  ['candidate:1 1 udp -1 192.0.2.1 70 typ host', 'Invalid priority'],
  ['candidate:1 1 udp 4294967296 192.0.2.1 70 typ host', 'Invalid priority'],
  ['candidate:1 1 udp +1 192.0.2.1 70 typ host', 'Invalid priority'],
  ['candidate:1 x udp 1 192.0.2.1 70 typ host', 'Invalid component id'],
  ['candidate:1 99999999999 udp 1 192.0.2.1 70 typ host', 'Invalid component id'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ foo', 'Unsupported candidate type'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ HOST', 'Unsupported candidate type'],
  ['candidate:1 1 udp 1 192.0.2.1 p typ host', 'Invalid port'],
  ['candidate:1 1 udp 1 192.0.2.1 -5 typ host', 'Invalid port'],
  ['candidate:1 1 udp 1 192.0.2.1 +70 typ host', 'Invalid port'],
  ['candidate:1 1 udp 1  192.0.2.1 70 typ host', 'Expect at least 8 fields.'],
  ['candidate:1 1 tcp 1 192.0.2.1 70 typ host tcptype foo', 'Invalid TCP candidate type'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host tcptype active', 'Invalid non-TCP candidate'],
  ['candidate:1 1 tls 1 192.0.2.1 70 typ host', 'Missing fingerprint extension for TLS candidate'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host generation x', 'Invalid generation'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host generation 99999999999', 'Invalid generation'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host network-id 99999', 'Invalid network-id'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host network-cost 1e3', 'Invalid network-cost'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ srflx raddr 1.2.3.4 rport x', 'Invalid port'],
  ['candidate:1 1 udp 1 192.0.2.1 70 typ host rport 99999', 'Invalid port'],
];

test.each(REFUSED)('refused: %s', (line, reason) => {
  expect(candidateFault(line)?.reason).toBe(reason);
  expect(candidateFault(`a=${line}`)?.reason).toBe(reason);
});

const UNREADABLE = [
  '1 1 udp 1 192.0.2.1 70 typ host',
  'Candidate:1 1 udp 1 192.0.2.1 70 typ host',
  ' candidate:1 1 udp 1 192.0.2.1 70 typ host',
  'candidate: 1 1 udp 1 192.0.2.1 70 typ host',
  'candidate:1 1 udp 1 192.0.2.1 70 typ host\r\ncandidate:1 1 udp 1 192.0.2.1 70 typ host',
  '{"candidate":"candidate:1 1 udp 1 192.0.2.1 70 typ host"}',
  ' ',
];

test.each(UNREADABLE)('no candidate line: %j', (line) => {
  expect(candidateFault(line)).toBeDefined();
});

const ACCEPTED = [
  'candidate:1 1 udp 2122260223 192.0.2.1 70 typ host',
  'a=candidate:1 1 UDP 0 x 70 typ host',
  'candidate:1 1 udp 1 192.0.2.1 70 typ host\r\n',
  'candidate:1 1 udp 1 192.0.2.1 70 typ host ',
  'candidate:1 -1 udp 1 192.0.2.1 70 typ host',
  'candidate:1 1 SSLTCP 1 192.0.2.1 70 typ host',
  'candidate:1 1 udp 1 192.0.2.1 70 typ host ufrag',
  'candidate:1 1 udp 1 192.0.2.1 70 typ host generation 0 tcptype foo',
  'candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active generation 0 ufrag aUf1 network-id 1 network-cost 50',
];

test.each(ACCEPTED)('accepted: %j', (line) => {
  expect(candidateFault(line)).toBeUndefined();
});
