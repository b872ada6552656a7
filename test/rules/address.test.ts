import { expect, test } from 'vitest';
import { addressOf } from '../../src/rules/address.ts';

test.each([
  ['192.168.1.1', 'private', 4],
  ['10.0.0.1', 'private', 4],
  ['172.16.0.1', 'private', 4],
  ['172.32.0.1', 'public', 4],
  ['100.64.0.1', 'private', 4],
  ['203.0.113.9', 'public', 4],
  ['127.0.0.1', 'loopback', 4],
  ['0.0.0.0', 'unspecified', 4],
  ['10.0.0.0', 'private', 4],
  ['169.254.3.4', 'link-local', 4],
  ['239.1.2.3', 'multicast', 4],
  ['::ffff:192.168.1.1', 'private', 4],
  ['::1', 'loopback', 6],
  ['0:0:0:0:0:0:0:1', 'loopback', 6],
  ['::', 'unspecified', 6],
  ['fe80::1%eth0', 'link-local', 6],
  ['fec0::1', 'site-local', 6],
  ['fd00::2', 'private', 6],
  ['ff02::fb', 'multicast', 6],
  ['2001:db8::1', 'public', 6],
  ['0a1b2c3d-0000-4000-8000-000000000001.local', 'mdns', undefined],
  ['peer.example.test', 'unknown', undefined],
  ['x.x.x.x', 'unknown', undefined],
  ['[redacted]', 'unknown', undefined],
  ['', 'unknown', undefined],
] as const)('%s is %s', (text, kind, family) => {
  expect(addressOf(text)).toEqual({ kind, family });
});
