import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/importers/index.ts';

const OFFER = '"type":"offer","sdp":"v=0\\r\\n"';
const read = (...lines: string[]) => readSession(lines.join('\n'));
const signalsOf = (line: string) => {
  const [event] = read(line).events;
  return event?.kind === 'message' ? event.signals : event;
};

describe('lines', () => {
  const cases: [string, string, object][] = [
    ['an offer', `{"from":"a","to":"b",${OFFER}}`, { type: 'offer', pc: 'a+b', sdp: 'v=0\r\n' }],
    ['a rollback', '{"from":"a","to":"b","type":"rollback","sdp":""}', { type: 'rollback', pc: 'a+b' }],
    ['a goodbye', '{"from":"b","to":"a","bye":true}', { type: 'bye', pc: 'a+b' }],
    [
      'a candidate with all its members',
      '{"from":"a","to":"b","candidate":{"candidate":"candidate:x","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"u"}}',
      { type: 'candidate', pc: 'a+b', candidate: 'candidate:x', mid: '0', mLine: 0, ufrag: 'u' },
    ],
    [
      'a candidate with null members',
      '{"from":"a","to":"b","candidate":{"candidate":"candidate:x","sdpMid":null,"sdpMLineIndex":0,"usernameFragment":null}}',
      { type: 'candidate', pc: 'a+b', candidate: 'candidate:x', mLine: 0 },
    ],
    ['the end of candidates', '{"from":"a","to":"b","candidate":null}', { type: 'end-of-candidates', pc: 'a+b' }],
    [
      'the end of a section’s candidates',
      '{"from":"a","to":"b","candidate":{"candidate":"","sdpMid":"1","sdpMLineIndex":1}}',
      { type: 'end-of-candidates', pc: 'a+b', mid: '1' },
    ],
  ];
  it.each(cases)('%s', (_, line, signal) => expect(signalsOf(line)).toEqual([signal]));
});

it('event n is line n: blank lines leave gaps, broken ones are problems in their place', () => {
  const { events } = read(
    `{"from":"a",${OFFER}}`,
    '',
    '{"from":',
    '{"from":"b","mood":"good"}',
    '{"from":"b","bye":true}',
  );
  expect(events.map(({ seq, kind }) => [seq, kind])).toEqual([
    [1, 'message'],
    [3, 'problem'],
    [4, 'problem'],
    [5, 'message'],
  ]);
});

describe('to whom', () => {
  it('the other one of two', () => {
    const { events } = read(`{"from":"y",${OFFER}}`, '{"from":"x","candidate":null}');
    expect(events.map(({ from, to }) => `${from}>${to}`)).toEqual(['y>x', 'x>y']);
  });

  it('somebody, when only one ever speaks', () => {
    const { events, header } = read(`{"from":"alice",${OFFER}}`);
    expect(events[0]?.to).toBe('b');
    expect(header.parties).toEqual(['alice', 'b']);
  });

  it('whoever spoke before, among several', () => {
    const { events } = read(
      `{"from":"a","to":"b",${OFFER}}`,
      `{"from":"c","to":"a",${OFFER}}`,
      '{"from":"a","candidate":null}',
    );
    expect(events[2]?.to).toBe('c');
  });
});

it('times count from the start, and dates give the start', () => {
  const { events, header } = read(
    '{"t":1795247554000,"from":"a","bye":true}',
    '{"t":1795247554250,"from":"b","bye":true}',
  );
  expect(events.map(({ t }) => t)).toEqual([0, 250]);
  expect(header.startedAt).toBe('2026-11-21T07:52:34.000Z');
});

it('keeps each line verbatim', () => {
  const line = '{ "from" : "a", "bye" : true }';
  expect(read(line).events[0]).toMatchObject({ raw: line, protocol: 'transcript' });
});

describe('what a line says about its transport', () => {
  const [event] = read(
    `{"from":"a","to":"b","protocol":"whip","http":{"method":"POST","status":201,"headers":{"Location":"/s","x":1}},${OFFER.replace('offer', 'answer')}}`,
  ).events;

  it('the protocol', () => {
    expect(event).toMatchObject({ kind: 'message', protocol: 'whip' });
    for (const odd of ['"A B"', '7', '"\\u001b"'])
      expect(read(`{"from":"a","to":"b","protocol":${odd},${OFFER}}`).events[0]).toMatchObject({
        protocol: 'transcript',
      });
  });

  it('the HTTP message, beside what it carried or alone', () => {
    const http = { type: 'response', pc: 'a+b', method: 'POST', status: 201, ok: true, headers: { location: '/s' } };
    expect(event).toMatchObject({ signals: [http, { type: 'answer' }] });
    const alone = read(`{"from":"a","to":"b",${OFFER}}`, '{"from":"a","to":"b","http":{"method":"DELETE"}}').events[1];
    expect(alone).toMatchObject({ signals: [{ type: 'request', pc: 'a+b', method: 'DELETE' }] });
  });
});
