/** HAR files of any length: what is read waits outside of memory until its order is known. */
import { describe, expect, test } from 'vitest';
import type { SessionHeader, SignalEvent } from '../../src/core/event.ts';
import { har } from '../../src/importers/har.ts';
import type { Spool } from '../../src/importers/importer.ts';
import { type EventReading, openReading } from '../../src/importers/reading.ts';
import { harWriter } from '../../src/sinks/convert/har.ts';
import { heap } from '../helpers/heap.ts';

/** Keeps texts outside of the heap, as a file does. */
function bytesSpool(): Spool {
  const bytes = Buffer.alloc(64 * 1024 * 1024);
  let end = 0;
  return {
    add(text) {
      const place = { at: end, length: bytes.write(text, end) };
      end += place.length;
      return place;
    },
    read: ({ at, length }) => bytes.toString('utf8', at, at + length),
  };
}

const HEADER: SessionHeader = {
  ...{ format: 1, tool: 'renego 0.1.0', startedAt: '2026-11-21T00:00:00.000Z', source: 'proxy', redacted: [] },
  parties: ['app', 'server'],
};
/** Characters of a message. */
const LONG = 2000;

function message(seq: number): SignalEvent {
  const raw = `{"n":${seq},"text":"${'x'.repeat(LONG)}"}`;
  const common = { kind: 'message', protocol: 'unknown', encoding: 'text', signals: [] } as const;
  const way = seq % 3 === 0 ? { from: 'server', to: 'app', dir: 's2c' } : { from: 'app', to: 'server', dir: 'c2s' };
  return { seq, t: seq * 10, link: `app-${seq % 2}`, ...way, ...common, raw } as SignalEvent;
}

/** A HAR that renego wrote, and one of a browser: without our own members, and its messages before the rest of the entry. */
function* ours(count: number): Generator<string> {
  const writer = harWriter(HEADER);
  yield writer.start();
  for (let seq = 1; seq <= count; seq += 1) yield writer.event(message(seq));
  yield* writer.end();
}

function* chromes(count: number): Generator<string> {
  yield '{"log":{"entries":[{"_resourceType":"websocket","_webSocketMessages":[';
  for (let seq = 1; seq <= count; seq += 1) {
    const { raw, dir } = message(seq) as Extract<SignalEvent, { kind: 'message' }>;
    const type = dir === 'c2s' ? 'send' : 'receive';
    yield `${seq === 1 ? '' : ','}${JSON.stringify({ type, time: 1795247246 + seq, opcode: 1, data: raw })}`;
  }
  yield `],"request":{"url":"wss://x.example/"},"response":{"status":101},"startedDateTime":"2026-11-21T07:47:26.000Z"}]}}`;
}

type Written = (count: number) => Iterable<string>;

/** In a function of its own: what writes keeps some megabytes, and would be kept as long as whoever calls it runs. */
function begun(written: Written, count: number, told: () => void): EventReading {
  const reading = openReading(har, 'x.har', told, bytesSpool());
  for (const piece of written(count)) reading.write(piece);
  return reading;
}

/** How much of it is on the heap when all is read, at the middle of telling it, and how many events it tells. */
function kept(
  written: Written,
  count: number,
): { readonly read: number; readonly told: number; readonly events: number } {
  let events = 0;
  const before = heap();
  const reading = begun(written, count, () => {
    events += 1;
  });
  const read = heap() - before;
  let [steps, told] = [0, 0];
  for (const _ of reading.ending()) {
    steps += 1;
    if (steps === 500) told = heap() - before;
  }
  return { read, told, events };
}

describe.each([
  ['renego', ours],
  ['a browser', chromes],
])('a HAR of %s', (_, written) => {
  test('grows by little more than where its messages are', () => {
    kept(written, 500);
    const [less, more] = [1000, 9000].map((count) => kept(written, count));
    const grown = (of: 'read' | 'told') => ((more?.[of] ?? 0) - (less?.[of] ?? 0)) / 8000;
    expect(grown('read')).toBeLessThan(LONG / 4);
    // Some thousand are looked ahead at.
    if (written === ours) expect(grown('told')).toBeLessThan(LONG / 4);
    expect((more?.events ?? 0) - (less?.events ?? 0)).toBe(8000);
  });
});

test('what a browser lists before the rest of its entry is read the same', () => {
  const events: SignalEvent[] = [];
  const reading = openReading(har, 'x.har', (event) => events.push(event));
  for (const piece of chromes(3)) reading.write(piece);
  reading.end();
  expect(events.map(({ kind, from, link }) => [kind, from, link])).toEqual([
    ['link', 'client', 'ws1'],
    ['message', 'client', 'ws1'],
    ['message', 'client', 'ws1'],
    ['message', 'server', 'ws1'],
  ]);
  expect(events[0]).toMatchObject({ url: 'wss://x.example/', t: 0 });
  expect(reading.header().startedAt).toBe('2026-11-21T07:47:26.000Z');
});
