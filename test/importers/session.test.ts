import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/importers/index.ts';
import { isSession, session } from '../../src/importers/session.ts';

describe('sniffing', () => {
  const cases: [string, string, boolean][] = [
    ['our own header', '{"kind":"session","format":1}', true],
    ['a header in another order', '{"format":1,"tool":"x","kind":"session"}\n', true],
    ['a transcript', '{"from":"a","bye":true}', false],
    ['the word in a text', 'a "kind":"session"', false],
  ];
  it.each(cases)('%s', (_, head, ours) => expect(session.sniff(head) > 0).toBe(ours));

  it('is beyond doubt only where the header begins as renego writes it', () => {
    expect(cases.map(([, head]) => isSession(head))).toEqual([true, false, false, false]);
  });
});

it('keeps numbers, times and header', () => {
  const text = [
    '{"kind":"session","format":1,"tool":"renego 9","startedAt":"2026-11-21T06:31:13.000Z","source":"proxy","parties":["app"],"redacted":["ip"]}',
    '{"seq":4,"t":2.5,"kind":"mark","from":"app","to":"app","text":"x"}',
    '',
  ].join('\n');
  expect(readSession(text)).toEqual({
    format: 'session',
    header: {
      format: 1,
      tool: 'renego 9',
      startedAt: '2026-11-21T06:31:13.000Z',
      source: 'proxy',
      parties: ['app'],
      redacted: ['ip'],
    },
    events: [{ seq: 4, t: 2.5, kind: 'mark', from: 'app', to: 'app', text: 'x' }],
  });
});

it('nothing at all is a session without events', () => {
  expect(readSession('\n').events).toEqual([]);
});
