import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import type { SessionHeader } from '../../src/core/event.ts';
import { decodeSession } from '../../src/session/decode.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../../src/session/format.ts';
import { events } from '../core/arbitrary.ts';

const header: SessionHeader = {
  format: 1,
  tool: 'renego 0.1.0',
  startedAt: '2026-11-21T06:31:13.000Z',
  source: 'proxy',
  url: 'ws://127.0.0.1:8080/',
  parties: ['app', 'server'],
  redacted: [],
};
const FIRST = encodeHeader(header);
const mark = (seq: number, t = seq) => `{"seq":${seq},"t":${t},"kind":"mark","from":"a","to":"a","text":"m${seq}"}`;
const session = (...lines: string[]) => [FIRST, ...lines, ''].join('\n');
const codeOf = (text: string) => {
  try {
    decodeSession(text);
  } catch (error) {
    if (error instanceof RenegoError) return `${error.kind} ${error.code}`;
    throw error;
  }
  return 'read';
};

it('reads back what was written, whatever it is', () => {
  fc.assert(
    fc.property(events, (log) => {
      const text = [FIRST, ...log.map(encodeEvent), encodeEnd({ events: log.length, reason: 'user' }), ''].join('\n');
      const decoded = decodeSession(text);
      expect(decoded.header).toEqual(header);
      expect(decoded.events).toEqual(log);
      expect(decoded.problems).toEqual([]);
      expect(decoded.end).toEqual({ events: log.length, reason: 'user' });
    }),
  );
});

it('opens any prefix of a session, with every whole line before the cut', () => {
  fc.assert(
    fc.property(events, fc.nat(), (log, at) => {
      const text = [FIRST, ...log.map(encodeEvent), ''].join('\n');
      const prefix = text.slice(0, at % (text.length + 1));
      const whole = Math.max(0, prefix.split('\n').length - 2);
      expect(decodeSession(prefix).events.slice(0, whole)).toEqual(log.slice(0, whole));
    }),
  );
});

describe('damaged lines', () => {
  it('a line that is no JSON becomes a problem at its place', () => {
    const { events: read, problems } = decodeSession(session(mark(1), '{"seq":2,', mark(3)));
    expect(read.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'mark'],
      [2, 'problem'],
      [3, 'mark'],
    ]);
    expect(problems).toEqual([{ line: 3, detail: 'this line is not a JSON object' }]);
  });

  it('a cut last line is said to be cut', () => {
    expect(decodeSession(`${session(mark(1))}{"seq":2,"t":`).problems).toEqual([
      { line: 3, detail: 'the last line is cut off' },
    ]);
  });

  it('an unknown kind is kept', () => {
    const line = '{"seq":4,"t":1,"kind":"dream","from":"a","to":"b","depth":3}';
    expect(decodeSession(session(line)).events).toEqual([
      { seq: 4, t: 1, from: 'a', to: 'b', kind: 'other', label: 'dream', raw: line },
    ]);
  });

  it('a foreign field is kept', () => {
    const line = '{"seq":1,"t":0,"kind":"mark","from":"a","to":"a","text":"x","mood":"good"}';
    expect(decodeSession(session(line)).events[0]).toHaveProperty('mood', 'good');
  });

  const wrong: [string, string][] = [
    ['"kind":"mark","from":"a","to":"a","text":5', 'mark event without a valid "text"'],
    ['"kind":"mark","from":7,"to":"a","text":""', 'mark event without a valid "from"'],
    ['"kind":"state","from":"a","to":"a","pc":"p","of":"mood","value":""', 'state event without a valid "of"'],
    [
      '"kind":"message","from":"a","to":"b","protocol":"p","encoding":"text","raw":""',
      'message event without a valid "signals"',
    ],
    ['"kind":"constructor","from":"a","to":"b"', 'unknown kind of event: constructor'],
  ];
  it.each(wrong)('%s', (members, detail) => {
    const { events: read, problems } = decodeSession(session(`{"seq":1,"t":0,${members}}`));
    expect(problems).toEqual([{ line: 2, detail }]);
    expect(read).toHaveLength(1);
  });

  it('a signal of the wrong shape becomes other, its message stays', () => {
    const line =
      '{"seq":1,"t":0,"kind":"message","from":"a","to":"b","protocol":"p","encoding":"text","raw":"x","signals":[{"type":"offer","pc":"p","sdp":5},{"type":"bye","pc":"p"}]}';
    const { events: read, problems } = decodeSession(session(line));
    expect(read[0]).toMatchObject({
      raw: 'x',
      signals: [{ type: 'other', label: 'unreadable offer' }, { type: 'bye' }],
    });
    expect(problems).toEqual([{ line: 2, detail: 'offer signal without a valid "sdp"' }]);
  });

  it('stamps that do not grow are replaced', () => {
    const read = decodeSession(session(mark(5, 9), mark(5, 3), mark(2, 12))).events;
    expect(read.map(({ seq, t }) => [seq, t])).toEqual([
      [5, 9],
      [6, 9],
      [7, 12],
    ]);
  });

  it('derived lines are not events', () => {
    expect(decodeSession(session('{"kind":"finding","rule":"x"}', '{"kind":"negotiation"}')).events).toEqual([]);
  });
});

describe('headers', () => {
  const cases: [string, string, string][] = [
    ['an empty text is the shortest prefix', '', 'read'],
    ['something else', '{"from":"a"}\n', 'input SESSION_HEADER'],
    ['no format', '{"kind":"session"}\n', 'input SESSION_HEADER'],
    ['a newer format', '{"kind":"session","format":2}\n', 'input SESSION_NEWER'],
    ['little in it', '{"kind":"session","format":1}\n', 'read'],
    ['a byte order mark and CRLF', `\ufeff${FIRST}\r\n${mark(1)}\r\n`, 'read'],
  ];
  it.each(cases)('%s', (_, text, expected) => expect(codeOf(text)).toBe(expected));
});

describe('what connect --json prints', () => {
  const printed = [
    '{"schema":1,"seq":1,"t":0,"kind":"mark","from":"a","to":"a","text":"x"}',
    '{"schema":1,"kind":"negotiation","pc":"a+b","state":"complete"}',
    '{"schema":1,"seq":2,"t":5,"kind":"mark","from":"a","to":"a","text":"y"}',
    '',
  ].join('\n');

  it('is read as the events it holds, without header, schema and what is derived', () => {
    const { events, problems } = decodeSession(printed);
    expect(problems).toEqual([]);
    expect(events).toEqual([
      { seq: 1, t: 0, kind: 'mark', from: 'a', to: 'a', text: 'x' },
      { seq: 2, t: 5, kind: 'mark', from: 'a', to: 'a', text: 'y' },
    ]);
  });
});
