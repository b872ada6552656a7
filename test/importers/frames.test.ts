import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';

const frame = (conn: string, dir: 'c2s' | 's2c', data: unknown, t = 1_795_247_554_000) =>
  JSON.stringify({ t, dir, conn, opcode: 'text', data: typeof data === 'string' ? data : JSON.stringify(data) });
const read = (...lines: string[]) => readSession(lines.join('\n')).events;
const OFFER = { type: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n' };
const ANSWER = { type: 'answer', sdp: 'v=0\r\na=setup:active\r\n' };
const way = ({ from, to, ...event }: SignalEvent) =>
  `${from}>${to} ${event.kind === 'message' ? event.signals.map((signal) => ('label' in signal ? signal.label : signal.type)).join() : event.kind}`;

describe('a relay', () => {
  it('passes messages on: the copy is a delivery and tells who the message was for', () => {
    const events = read(
      frame('a', 'c2s', OFFER),
      frame('b', 's2c', OFFER),
      frame('b', 'c2s', ANSWER),
      frame('a', 's2c', ANSWER),
    );
    expect(events.map(way)).toEqual(['a>b offer', 'server>b delivery of #1', 'b>a answer', 'server>a delivery of #3']);
  });

  it('that sends a message back to its sender too does not double it', () => {
    const events = read(frame('a', 'c2s', OFFER), frame('a', 's2c', OFFER), frame('b', 's2c', OFFER));
    expect(events.map(way)).toEqual(['a>b offer', 'server>a delivery of #1', 'server>b delivery of #1']);
  });

  it('may wrap what it passes on', () => {
    const events = read(frame('a', 'c2s', OFFER), frame('b', 's2c', { from: 17, payload: JSON.stringify(OFFER) }));
    expect(events.map(way)).toEqual(['a>b offer', 'server>b delivery of #1']);
  });

  it('equal messages are matched one by one', () => {
    const end = { candidate: null };
    const events = read(frame('a', 'c2s', end), frame('b', 'c2s', end), frame('a', 's2c', end), frame('b', 's2c', end));
    expect(events.map(way)).toEqual([
      'a>b end-of-candidates',
      'b>a end-of-candidates',
      'server>a delivery of #2',
      'server>b delivery of #1',
    ]);
  });
});

it('a server that answers itself is the other end', () => {
  expect(read(frame('a', 'c2s', OFFER), frame('a', 's2c', ANSWER)).map(way)).toEqual([
    'a>server offer',
    'server>a answer',
  ]);
});

describe('of one client alone', () => {
  it('others are called what they are called on the wire, once one of them has written back', () => {
    const events = read(
      frame('a', 'c2s', { ...OFFER, to: 'bob' }),
      frame('a', 's2c', { ...ANSWER, from: 'bob' }),
      frame('a', 's2c', {
        type: 'offer',
        sdp: 'v=0\r\no=- 123456789 2 IN IP4 127.0.0.1\r\na=setup:actpass\r\n',
        from: 'cid',
      }),
    );
    expect(events.map(way)).toEqual(['a>bob offer', 'bob>a answer', 'cid>a offer']);
  });

  it('a name that never comes back may be of anything', () => {
    const events = read(frame('a', 'c2s', { ...OFFER, target: 'PUBLISHER' }), frame('a', 's2c', ANSWER));
    expect(events.map(way)).toEqual(['a>server offer', 'server>a answer']);
  });
});

it('a binary frame is kept', () => {
  const [event] = read('{"t":1,"dir":"s2c","conn":"a","opcode":"binary","data":"AAEC"}');
  expect(event).toMatchObject({ encoding: 'base64', raw: 'AAEC', signals: [{ type: 'other', label: 'binary frame' }] });
});

it('event n is line n, and a line that is no frame is a problem there', () => {
  const events = read(frame('a', 'c2s', OFFER), '', '{"dir":"up"}', frame('a', 'c2s', 'ping', 1_795_247_554_500));
  expect(events.map(({ seq, t, kind }) => [seq, t, kind])).toEqual([
    [1, 0, 'message'],
    [3, 0, 'problem'],
    [4, 500, 'message'],
  ]);
});

describe('captures of MDN’s chat server', () => {
  const model = (name: string) => {
    const text = readFileSync(join(import.meta.dirname, '../fixtures/frames', name), 'utf8');
    return readSession(text).events.reduce(reduce, emptyModel());
  };
  const rounds = (name: string, pc: string) =>
    model(name)
      .sessions.get(pc)
      ?.rounds.map(({ cause, state, offerer }) => `${offerer} ${cause} ${state}`);

  it('name the parties as they named themselves', () => {
    expect(model('mdn.ndjson').parties).toEqual(['server', 'alice', 'bob', 'carol']);
  });

  it('hold two calls', () => {
    expect(rounds('mdn.ndjson', 'alice+bob')).toEqual([
      'alice first complete',
      'bob renegotiation complete',
      'alice renegotiation complete',
      'bob renegotiation complete',
      'alice ice-restart complete',
    ]);
    expect(rounds('mdn.ndjson', 'bob+carol')).toEqual(['bob first complete', 'carol renegotiation complete']);
    expect(model('mdn.ndjson').sessions.get('alice+bob')?.closedBy).toBeDefined();
  });

  it('hold an offer that nobody answers', () => {
    expect(rounds('mdn-race.ndjson', 'alice+bob')).toEqual(['alice first complete', 'bob renegotiation open']);
  });
});

describe("GStreamer's simple_server", () => {
  const CALL = [frame('a', 'c2s', { sdp: OFFER }), frame('a', 's2c', { sdp: ANSWER })];

  it('says once whom everything is for', () => {
    const events = read(frame('a', 'c2s', 'SESSION gst1'), frame('a', 's2c', 'SESSION_OK'), ...CALL);
    expect(events.slice(2).map(way)).toEqual(['a>gst1 offer', 'gst1>a answer']);
  });

  it('is not believed before the session is granted', () => {
    const events = read(frame('a', 'c2s', 'SESSION gst1'), frame('a', 's2c', 'ERROR peer gst1 not found'), ...CALL);
    expect(events.slice(2).map(way)).toEqual(['a>server offer', 'server>a answer']);
  });
});
