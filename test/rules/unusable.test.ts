import { expect, test } from 'vitest';
import { candidateOf } from '../../src/rules/example.ts';
import { unusable } from '../../src/rules/unusable.ts';
import { parseCandidate } from '../../src/sdp/candidate.ts';

function judge(line: string): string | undefined {
  const candidate = parseCandidate(line);
  if (!candidate) throw new Error(`no candidate: ${line}`);
  return unusable(candidate);
}

test.each([
  [{ port: 0 }, 'the port 0'],
  [{ port: 9 }, 'the port 9'],
  [{ address: '0.0.0.0' }, 'the unspecified address'],
  [{ address: '::1' }, 'a loopback address'],
  [{ address: 'fe80::1' }, 'a link-local address'],
  [{ address: '224.0.0.5' }, 'a multicast address'],
  [{ port: 1000 }, 'a port below 1024 on a public address'],
])('%j has %s', (what, why) => {
  expect(judge(candidateOf('a', what))).toBe(why);
});

test.each([
  {},
  { transport: 'tcp', port: 9, type: 'host tcptype active' },
  { port: 443 },
  { address: '10.0.0.1', port: 500 },
  { address: 'x.x.x.x' },
  { address: '0a1b2c3d-0000-4000-8000-000000000001.local' },
])('%j may be of use', (what) => {
  expect(judge(candidateOf('a', what))).toBeUndefined();
});
