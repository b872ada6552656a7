import { expect, test } from 'vitest';
import { anOffer, edit } from '../../src/rules/example.ts';
import { fingerprintFault, fingerprintLines } from '../../src/rules/fingerprint.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const digest = (bytes: number): string => Array.from({ length: bytes }, (_, i) => (i + 16).toString(16)).join(':');
const DIGEST = digest(32).toUpperCase();

test.each([
  [`sha-256 ${DIGEST}`, undefined],
  [`SHA-256 ${DIGEST}`, undefined],
  [`sha-1 ${digest(20).toUpperCase()}`, 'sha-1'],
  [`md5 ${DIGEST}`, 'hash'],
  [`sha-256 ${DIGEST.toLowerCase()}`, 'lower-case'],
  [`sha-256 ${DIGEST.slice(0, -6)}`, 'length'],
  [`sha-512 ${DIGEST}`, 'length'],
  [`sha-256 ${DIGEST.replaceAll(':', '')}`, 'unreadable'],
  [`sha-256 ${DIGEST} x`, 'unreadable'],
  [`sha-256 ${digest(70).toUpperCase()}`, 'unreadable'],
  ['sha-256', 'unreadable'],
  ['', 'unreadable'],
  [`sha-256 ${Array(32).fill('AB').join(':')}`, 'placeholder'],
  // A logger may have blacked it out with zeros.
  [`sha-256 ${Array(32).fill('00').join(':')}`, undefined],
  ['sha-256 XX:XX:XX', undefined],
  ['[redacted]', undefined],
] as const)('%s: %s', (value, fault) => {
  expect(fingerprintFault(value)).toBe(fault);
});

test('lines of the session and of sections are found', () => {
  const sdp = parseSdp(
    edit(anOffer(['audio', 'video']), ['t=0 0\r\n', `t=0 0\r\na=fingerprint:sha-256 ${DIGEST}\r\n`]),
  );
  expect(fingerprintLines(sdp).map(({ section }) => section?.index)).toEqual([undefined, 0, 1]);
});
