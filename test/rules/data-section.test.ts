import { expect, test } from 'vitest';
import { dataSections, isNumber, linesOf } from '../../src/rules/data-section.ts';
import { anOffer, edit } from '../../src/rules/example.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

test('live data sections, in the old form and the new', () => {
  const old = edit(anOffer(['audio', 'data', 'data', { kind: 'data', rejected: true }]), [
    'UDP/DTLS/SCTP webrtc-datachannel',
    'DTLS/SCTP 5000',
  ]);
  expect(dataSections(parseSdp(old)).map(({ index }) => index)).toEqual([1, 2]);
});

test('lines of an attribute, with their text', () => {
  const sdp = parseSdp(edit(anOffer(['data']), ['a=sctp-port:5000', 'a=sctp-port:5000\r\na=sctp-port']));
  const lines = linesOf(sdp, sdp.media[0] as MSection, 'sctp-port');
  expect(lines.map(({ value, text }) => [value, text])).toEqual([
    ['5000', 'a=sctp-port:5000'],
    [undefined, 'a=sctp-port'],
  ]);
});

test.each([
  ['0', true],
  ['2147483647', true],
  ['2147483648', false],
  ['-1', false],
  ['', false],
  ['5e3', false],
])('is %j a number: %s', (text, is) => {
  expect(isNumber(text)).toBe(is);
});
