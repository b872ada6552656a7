import { expect, test } from 'vitest';
import { anOffer } from '../../src/rules/example.ts';
import { streamFaults } from '../../src/rules/libwebrtc-streams.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

const VIDEO = anOffer([{ kind: 'video', direction: 'recvonly' }]);

function faults(...lines: string[]) {
  const sdp = parseSdp(VIDEO + lines.map((line) => `a=${line}\r\n`).join(''));
  return streamFaults(sdp, sdp.media[0] as MSection);
}

test.each([
  ['a stream and a track', ['msid:s t']],
  ['a stream alone', ['msid:s']],
  ['one track in two streams', ['msid:s t', 'msid:u t']],
  ['no stream', ['msid:- t']],
  ['the highest SSRC', ['ssrc:4294967295 cname:c']],
  ['an SSRC with the old msid', ['ssrc:1 msid:s t']],
  ['a group of any semantics', ['ssrc-group:XYZ 1 2 3']],
  ['two directions', ['simulcast:send a;b recv c']],
  ['alternatives and a pause', ['simulcast:recv a,~b;~c']],
])('reads %s', (_name, lines) => {
  expect(faults(...lines)).toEqual([]);
});

test.each([
  ['no stream', 'msid:', 'a=msid: Missing stream ID in msid attribute.'],
  ['no value', 'msid', 'a=msid Failed to get the value of attribute: msid'],
  ['three ids', 'msid:s t u', 'a=msid:s t u Expected a stream ID and optionally a track ID'],
  ['a blank instead of the track', 'msid:s ', 'a=msid:s  Missing track ID in msid attribute.'],
  ['no attribute', 'ssrc:1', 'a=ssrc:1 Expects 2 fields.'],
  ['no number', 'ssrc:x cname:c', 'a=ssrc:x cname:c Invalid value: x.'],
  ['33 bits', 'ssrc:4294967296 cname:c', 'a=ssrc:4294967296 cname:c Invalid value: 4294967296.'],
  [
    'no value behind the attribute',
    'ssrc:1 cname',
    'a=ssrc:1 cname Failed to get the ssrc attribute value from cname. Expected format <attribute>:<value>.',
  ],
  ['an empty group', 'ssrc-group:FID', 'a=ssrc-group:FID Expects at least 2 fields.'],
  ['one SSRC twice', 'ssrc-group:FID 1 1', 'a=ssrc-group:FID 1 1 Duplicate SSRC in ssrc-group'],
  ['a blank in a group', 'ssrc-group:FID 1 ', 'a=ssrc-group:FID 1  Invalid value: .'],
  ['an empty list', 'simulcast:', 'a=simulcast: Simulcast attribute is empty.'],
  [
    'three words',
    'simulcast:send a recv',
    'a=simulcast:send a recv Malformed simulcast line: Must have one or two <direction, streams> pairs.',
  ],
  [
    'one direction twice',
    'simulcast:send a send b',
    'a=simulcast:send a send b Malformed simulcast line: Valid values: send / recv.',
  ],
  [
    'an empty stream',
    'simulcast:send a;',
    'a=simulcast:send a; Malformed simulcast line: Simulcast alternative layer list is empty.',
  ],
  ['an empty rid', 'simulcast:send a,~', 'a=simulcast:send a,~ Malformed simulcast line: Rid must not be empty.'],
])('stops at %s', (_name, line, says) => {
  const [fault] = faults(line);
  expect(fault?.chrome?.endsWith(`Failed to parse SessionDescription. ${says}`)).toBe(true);
});

test('a second track and a second simulcast line are faults of the second line; only the first fault is quoted', () => {
  const found = faults('msid:s t', 'msid:s u', 'simulcast:send a', 'simulcast:send b');
  expect(found.map(({ text }) => text)).toEqual(['a=msid:s u', 'a=simulcast:send b']);
  expect(found.map(({ chrome }) => chrome === undefined)).toEqual([false, true]);
});

test('data sections are not read', () => {
  const sdp = parseSdp(`${anOffer(['data'])}a=msid:\r\n`);
  expect(streamFaults(sdp, sdp.media[0] as MSection)).toEqual([]);
});
