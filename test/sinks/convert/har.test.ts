import { expect, it } from 'vitest';
import type { SessionHeader, SignalEvent } from '../../../src/core/event.ts';
import { harWriter } from '../../../src/sinks/convert/har.ts';

const HEADER: SessionHeader = {
  ...{ format: 1, tool: 'renego 0', startedAt: '2026-11-21T06:31:13.000Z', source: 'x', url: 'http://a/' },
  ...{ parties: [], redacted: [] },
};
type Message = Extract<SignalEvent, { kind: 'message' }>;
const message = (seq: number, more: Partial<Message>): SignalEvent => ({
  ...{ seq, t: seq, from: 'client', to: 'server', kind: 'message', protocol: 'x', encoding: 'text', raw: `m${seq}` },
  ...{ signals: [], ...more },
});

interface Entry {
  readonly request: { readonly method: string; readonly postData?: { readonly text: string } };
  readonly response: { readonly status: number; readonly content: { readonly text: string } };
  readonly _webSocketMessages?: readonly { readonly type: string; readonly data: string }[];
}

function entriesOf(events: readonly SignalEvent[]): readonly Entry[] {
  const writer = harWriter(HEADER);
  const text = [writer.start(), ...events.map(writer.event), ...writer.end()].join('');
  return (JSON.parse(text) as { log: { entries: Entry[] } }).log.entries;
}

it('messages of several connections stand in an entry each', () => {
  const entries = entriesOf(
    [1, 2, 3, 4].map((n) => message(n, { link: `ws${n % 2}`, dir: n < 3 ? 'c2s' : 's2c', raw: `m${n}` })),
  );
  expect(entries.map((entry) => entry._webSocketMessages?.map(({ type, data }) => `${type} ${data}`))).toEqual([
    ['send m1', 'receive m3'],
    ['send m2', 'receive m4'],
  ]);
});

it('exchanges are paired however many are open, and those without an answer are not lost', () => {
  const http = (exchange: number, status?: number) => ({
    http: { method: 'POST', url: 'http://a/x', exchange: String(exchange), ...(status !== undefined && { status }) },
  });
  const numbers = Array.from({ length: 300 }, (_, n) => n);
  const asked = numbers.map((n) => message(n + 1, http(n)));
  const answered = numbers
    .slice(0, 290)
    .map((n) => message(1001 + n, { ...http(n, 201), from: 'server', to: 'client' }));
  const entries = entriesOf([...asked, ...answered]);
  const told = entries.map(
    ({ request, response }) => `${request.postData?.text} ${response.status} ${response.content.text}`,
  );
  expect(told.sort()).toEqual(numbers.map((n) => (n < 290 ? `m${n + 1} 201 m${1001 + n}` : `m${n + 1} 0 `)).sort());
});

it('a session without messages is a HAR without entries', () => {
  expect(entriesOf([])).toEqual([]);
});
