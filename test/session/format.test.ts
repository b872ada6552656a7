import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../../src/session/format.ts';

it('writes members in a fixed order, whatever order they were made in', () => {
  const event = {
    signals: [],
    raw: '{}',
    to: 'b',
    kind: 'message',
    foreign: 1,
    encoding: 'text',
    protocol: 'mdn',
    from: 'a',
    link: 'l1',
    t: 1.5,
    seq: 7,
  } as unknown as SignalEvent;
  expect(encodeEvent(event)).toBe(
    '{"seq":7,"t":1.5,"kind":"message","from":"a","to":"b","link":"l1","protocol":"mdn","encoding":"text","raw":"{}","signals":[],"foreign":1}',
  );
});

it('writes one line, whatever the texts contain', () => {
  const text = 'a\nb\r\u2028\ud800';
  expect(encodeEvent({ seq: 1, t: 0, from: text, to: text, kind: 'mark', text })).not.toMatch(/[\n\r]/);
});

it('writes the header and the end as the format says', () => {
  expect(encodeHeader({ format: 1, tool: 't', startedAt: 's', source: 'peer', parties: ['a'], redacted: [] })).toBe(
    '{"kind":"session","format":1,"tool":"t","startedAt":"s","source":"peer","parties":["a"],"redacted":[]}',
  );
  expect(encodeEnd({ events: 2, reason: 'user' })).toBe('{"kind":"end","events":2,"reason":"user"}');
});
