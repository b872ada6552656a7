/** How Firefox's parser reads damaged text. The sentences are those Firefox 153 gave for these very lines. */
import { expect, test } from 'vitest';
import { sipccReads, sipccRefuses, sipccRefusesAt, sipccRefusesLater } from '../../src/rules/sipcc.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const HEAD = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const SECTION = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 0.0.0.0', 'a=mid:0'];
const read = (...lines: readonly string[]) => parseSdp(lines.map((line) => `${line}\r\n`).join(''));
const says = (line: number, reason: string) =>
  `OperationError: SIPCC Failed to parse SDP: SDP Parse Error on line ${line}:  ${reason}`;

test.each([
  ['no o= line', ['v=0', 's=-', 't=0 0'], says(3, 'o= owner line not specified, validation failed.')],
  [
    'no t= line',
    ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=-'],
    says(3, 't= timespec line not specified, validation failed.'),
  ],
  ['four fields in o=', ['v=0', 'o=- 1 2 IN'], says(2, 'No owner address type specified for o=.')],
  [
    'an id that is no number',
    ['v=0', 'o=- abc 2 IN IP4 0.0.0.0'],
    says(2, 'Invalid owner session id specified for o=.'),
  ],
  [
    'an id of 2^64',
    ['v=0', 'o=- 18446744073709551615 2 IN IP4 0.0.0.0'],
    says(2, 'Invalid owner session id specified for o=.'),
  ],
  ['a version of -1', ['v=0', 'o=- 1 -1 IN IP4 0.0.0.0'], says(2, 'Invalid owner version specified for o=.')],
  [
    'c= without address',
    [...HEAD, 'm=audio 9 RTP/AVP 0', 'c=IN IP4'],
    says(6, 'No connection address specified for c=.'),
  ],
  [
    'no c= line',
    [...HEAD, 'm=audio 9 RTP/AVP 0'],
    says(5, 'c= connection line not specified for every media level, validation failed.'),
  ],
  ['m= without protocol', [...HEAD, 'm=video 9'], says(5, 'No transport protocol type specified, parse failed.')],
  [
    'an unknown protocol',
    [...HEAD, 'm=video 9 FOO 96'],
    `${says(5, 'Warning: Transport protocol type unsupported (FOO).')}\nSDP Parse Error on line 5:  Invalid port format (9) specified for transport protocol (Unsupported), parse failed.`,
  ],
  ['a line of no known type', [...HEAD, ...SECTION, 'A=MID:1'], 'OperationError: SIPCC Failed to parse SDP:'],
  ['blanks before v=', [' v=0'], says(1, 'Attempt to parse text not recognized as SDP text, parse fails.')],
])('refuses %s', (_name, lines, sentence) => {
  expect(sipccRefuses(read(...lines))).toBe(sentence);
});

test('a refusal repeats the warnings before it', () => {
  const sdp = read(...HEAD, ...SECTION, 'a=rtcp-xr:rcvr-rtt=all', 'm=video -1 RTP/SAVPF 96');
  expect(sipccRefuses(sdp)).toBe(
    `${says(8, 'Warning: Unrecognized attribute (rtcp-xr) ')}\nSDP Parse Error on line 9:  Invalid port format (-1) specified for transport protocol (RTP/SAVPF), parse failed.`,
  );
});

test('text without a line end is no text', () => {
  expect(sipccRefuses(parseSdp('hello'))).toBe(says(1, 'End of line beyond end of buffer.'));
  expect(sipccRefuses(parseSdp(''))).toBe(says(1, 'End of line beyond end of buffer.'));
});

test('only ASCII passes', () => {
  expect(sipccRefuses(parseSdp('\ufeffv=0\r\n'))).toBe(
    'InvalidParameterError: SDP contains non ASCII characters at position 0',
  );
});

test.each([
  ['no s= line', [...HEAD.filter((line) => line !== 's=-'), ...SECTION]],
  ['garbage at the end', [...HEAD, ...SECTION, 'garbage']],
  ['a blank line', [...HEAD, ...SECTION, '', 'm=video']],
  ['a second description', [...HEAD, ...SECTION, 'v=0', 'm=x']],
])('takes %s', (_name, lines) => {
  expect(sipccRefuses(read(...lines))).toBeUndefined();
});

test('reading ends at a blank line', () => {
  expect(sipccReads(read(...HEAD, ...SECTION, '', 'm=video')).lines).toBe(8);
});

test('what is found later is quoted behind all warnings, what stops the reading only behind those before it', () => {
  const sdp = read(...HEAD, ...SECTION, 'a=foo', 'a=mid:1', 'a=bar');
  const foo = says(8, 'Warning: Unrecognized attribute (foo) ');
  expect(sipccRefusesLater(sdp, 9, 'No.')).toBe(
    `${foo}\nSDP Parse Error on line 10:  Warning: Unrecognized attribute (bar) \nSDP Parse Error on line 9: No.`,
  );
  expect(sipccRefusesAt(sdp, 9, 'No.')).toBe(`${foo}\nSDP Parse Error on line 9:  No.`);
});
