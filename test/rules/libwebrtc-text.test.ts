/** Where Chromium's parser stops. All sentences were given by Chromium 156 for these lines. */
import { expect, test } from 'vitest';
import { libwebrtcSays, libwebrtcStop } from '../../src/rules/libwebrtc-text.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const HEAD = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const SECTION = ['m=audio 9 UDP/TLS/RTP/SAVPF 0', 'c=IN IP4 0.0.0.0', 'a=mid:0'];
const text = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');
const edited = (from: string, ...to: readonly string[]) =>
  [...HEAD, ...SECTION].flatMap((line) => (line === from ? to : [line]));

test.each([
  ['no o= line', edited(HEAD[1] ?? ''), 2, 's=-', 'Expect line: o='],
  [
    'seven fields in o=',
    edited(HEAD[1] ?? '', 'o=- 1 2 IN IP4 127.0.0.1 x'),
    2,
    'o=- 1 2 IN IP4 127.0.0.1 x',
    'Expects 6 fields.',
  ],
  ['an empty s= line', edited('s=-', 's='), 3, 's=', 'Expect line: s='],
  ['u= before i=', edited('s=-', 's=-', 'u=x', 'i=x'), 5, 'i=x', 'Expect line: t='],
  ['b= behind t=', edited('t=0 0', 't=0 0', 'b=AS:1'), 5, 'b=AS:1', 'Expects m line.'],
  ['a blank line in a section', edited('a=mid:0', '', 'a=mid:0'), 7, '', 'Invalid SDP line.'],
  ['an indented line', edited('a=mid:0', '  a=mid:0'), 7, '  a=mid:0', 'Invalid SDP line.'],
  ['an attribute without name', edited('a=mid:0', 'a='), 7, 'a=', 'Invalid SDP line.'],
  ['a group without value', edited('t=0 0', 't=0 0', 'a=group'), 5, 'a=group', 'Failed to parse group attribute.'],
  [
    'a group with a colon',
    edited('t=0 0', 't=0 0', 'a=group:BUNDLE a:b'),
    5,
    'a=group:BUNDLE a:b',
    'Failed to parse group tag.',
  ],
  ['c= without address', edited('c=IN IP4 0.0.0.0', 'c=IN IP4'), 6, 'c=IN IP4', 'Failed to parse the address type.'],
  [
    'c= without type',
    edited('c=IN IP4 0.0.0.0', 'c=IN'),
    6,
    'c=IN',
    'Failed to parse the connection data. The network type is not currently supported.',
  ],
  [
    'c= of another type',
    edited('c=IN IP4 0.0.0.0', 'c=IN IP4 ::1'),
    6,
    'c=IN IP4 ::1',
    'Failed to parse the connection data. The address type is mismatching.',
  ],
  [
    'multicast',
    edited('c=IN IP4 0.0.0.0', 'c=IN IP4 224.2.1.1/127'),
    6,
    'c=IN IP4 224.2.1.1/127',
    'Failed to parse the connection data. Multicast is not currently supported.',
  ],
  [
    'three fields in m=',
    edited(SECTION[0] ?? '', 'm=audio 9 RTP/AVP'),
    5,
    'm=audio 9 RTP/AVP',
    'Expects at least 4 fields.',
  ],
  [
    'port 65536',
    edited(SECTION[0] ?? '', 'm=audio 65536 RTP/AVP 0'),
    5,
    'm=audio 65536 RTP/AVP 0',
    'The port number is invalid',
  ],
  [
    'two blanks in m=',
    edited(SECTION[0] ?? '', 'm=audio  9 RTP/AVP 0'),
    5,
    'm=audio  9 RTP/AVP 0',
    'The port number is invalid',
  ],
  [
    'a blank at the end of m=',
    edited(SECTION[0] ?? '', 'm=audio 9 RTP/AVP 0 '),
    5,
    'm=audio 9 RTP/AVP 0 ',
    'Invalid value: .',
  ],
  [
    'a format that is no number',
    edited(SECTION[0] ?? '', 'm=audio 9 RTP/AVP opus'),
    5,
    'm=audio 9 RTP/AVP opus',
    'Invalid value: opus.',
  ],
  [
    'another protocol',
    edited(SECTION[0] ?? '', 'm=audio 9 FOO 0'),
    5,
    'm=audio 9 FOO 0',
    'Unsupported protocol for media type',
  ],
])('stops at %s', (_name, lines, line, quote, reason) => {
  expect(libwebrtcStop(parseSdp(text(lines)))).toMatchObject({ line, text: quote, reason });
});

test.each([
  ['a description', [...HEAD, ...SECTION]],
  ['a blank as name', edited('s=-', 's= ')],
  ['lines of unknown type in a section', edited('a=mid:0', 'x=1', 'a=mid:0')],
  ['several times', edited('t=0 0', 'b=AS:1', 't=0 0', 'r=1 2', 't=1 2', 'z=0 0', 'k=clear:x')],
  ['a host name', edited('c=IN IP4 0.0.0.0', 'c=IN IP4 a.local')],
  ['no section', HEAD],
])('takes %s', (_name, lines) => {
  expect(libwebrtcStop(parseSdp(text(lines)))).toBeUndefined();
});

test('the last line needs its end', () => {
  const stop = libwebrtcStop(parseSdp(text([...HEAD, ...SECTION]).trimEnd()));
  expect(stop).toMatchObject({ flaw: 'unterminated', text: 'a=mid:0', reason: 'Invalid SDP line.' });
});

test('quotes text beyond ASCII as Chromium shows it', () => {
  const stop = libwebrtcStop(parseSdp('\ufeffv=0\r\n'));
  expect(stop && libwebrtcSays(stop)).toContain('\u00c3\u00af\u00c2\u00bb\u00c2\u00bfv=0 Expect line: v=');
});
