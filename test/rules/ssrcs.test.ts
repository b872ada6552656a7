import { expect, test } from 'vitest';
import { anOffer } from '../../src/rules/example.ts';
import { declaredSsrcs, declaredTracks } from '../../src/rules/ssrcs.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

const LINES = ['2 cname:c', '2 msid:s t', '1 cname:c', '1 msid:s t', '3 msid:s u'];
const section = parseSdp(anOffer(['video']) + LINES.map((line) => `a=ssrc:${line}\r\n`).join('')).media[0] as MSection;

test('each SSRC once, in order of appearance', () => {
  expect(declaredSsrcs(section)).toEqual(['2', '1', '3']);
});

test('each track once', () => {
  expect([...declaredTracks(section)]).toEqual(['s t', 's u']);
});
