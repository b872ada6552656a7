import { describe, expect, it, test } from 'vitest';
import { readSession } from '../../src/importers/index.ts';
import { sdpText } from '../../src/importers/sdp-text.ts';
import { work } from '../helpers/work.ts';

const text = (setup: string, id: number) =>
  `v=0\r\no=- ${id} 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=setup:${setup}\r\n`;
const said = (input: string) =>
  readSession(input).events.map((event) => [event.from, event.kind === 'message' ? event.signals[0] : undefined]);

it('a description that offers is the offer of a', () => {
  expect(said(text('actpass', 1))).toEqual([['a', { type: 'offer', pc: 'a+b', sdp: text('actpass', 1) }]]);
});

it('a description that answers is the answer of b', () => {
  expect(said(text('active', 1))).toEqual([['b', { type: 'answer', pc: 'a+b', sdp: text('active', 1) }]]);
});

it('several are a conversation, without the blank lines between them', () => {
  const [first, second] = [text('actpass', 1), text('active', 2)];
  expect(said(`${first}\r\n\r\n${second}`)).toMatchObject([
    ['a', { type: 'offer', sdp: first }],
    ['b', { type: 'answer', sdp: second }],
  ]);
});

it('a single description stays as it is, to the last byte', () => {
  const odd = `${text('actpass', 1)}\r\n `;
  expect(said(odd)[0]?.[1]).toHaveProperty('sdp', odd);
});

it('the JSON of a description is one', () => {
  expect(said(JSON.stringify({ type: 'pranswer', sdp: text('active', 1) }))).toMatchObject([
    ['b', { type: 'pranswer' }],
  ]);
});

describe('SDP that is damaged', () => {
  const whole = text('actpass', 1);
  test.each<[string, string]>([
    ['another version', whole.replace('v=0', 'v=1')],
    ['no v= line', whole.replace('v=0\r\n', '')],
    ['v=0 behind another line', whole.replace('v=0\r\n', '').replace('s=-', 'v=0\r\ns=-')],
    ['a capital V', whole.replace('v=0', 'V=0')],
    ['line breaks lost', whole.replaceAll('\r\n', ' ')],
    ['line ends of old Macs', whole.replaceAll('\r\n', '\r')],
    ['only the end of it', whole.slice(whole.indexOf('m=audio')).padEnd(80, 'a=mid:0\r\na=sendrecv\r\n')],
  ])('%s: is read as it is, for the rules to judge', (_, damaged) => {
    const [only] = readSession(damaged).events;
    expect(only).toMatchObject({ kind: 'message', protocol: 'sdp', signals: [{ type: 'offer', sdp: damaged }] });
  });

  test.each<[string, string]>([
    ['prose', 'Dear all,\nthis is a=b text\nand x=3 more\n'],
    ['an INI file', '[core]\na=1\nb=2\nm=audio\n'],
    ['a shell script', 'a=1\nb=2\nm=3\necho $a\n'],
    ['assignments alone', 'a=1\nb=2\nc=3\nm=4\n'],
    ['one line of SDP in prose', 'Look at this:\na=mid:0\nWhat is it?\nNobody knows.\n'],
  ])('%s: is none', (_, foreign) => {
    expect(() => readSession(foreign)).toThrow(/no format renego reads/);
  });

  test('is sniffed in linear time', () => {
    const long = `${'o=- 1 1 IN IP4 x a= '.repeat(3000)}\n`;
    expect(work(() => expect(sdpText.sniff(long)).toBe(0))).toBeLessThan(500);
  });

  test('prose before a description is not part of it', () => {
    expect(said(`My offer:\n${whole}`)[0]?.[1]).toHaveProperty('sdp', whole);
  });
});
