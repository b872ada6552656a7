import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { showJson } from '../../src/core/report.ts';
import type { Imported } from '../../src/importers/importer.ts';
import { readSession } from '../../src/importers/index.ts';
import { harWriter } from '../../src/sinks/convert/har.ts';
import { createPiles } from '../../src/sinks/convert/piles.ts';
import { sessionWriter } from '../../src/sinks/convert/session.ts';
import { transcriptWriter } from '../../src/sinks/convert/transcript.ts';
import type { EventWriter } from '../../src/sinks/convert/writer.ts';

const FILES = [
  'sessions/ice-restart.ndjson',
  'negotiations/s10e-rollback-remote__chromium-chromium.ndjson',
  'negotiations/s17-pranswer__chromium-chromium.ndjson',
  'frames/mdn.ndjson',
  'dumps/devtools.har',
  'dumps/whip.har',
];

const read = (name: string) => readSession(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'), name);

const written = (writer: EventWriter, events: Imported['events']) =>
  [writer.start(), ...events.map(writer.event), ...writer.end()].join('');

/** What was negotiated, told without numbers and times. */
function told({ header, events }: Pick<Imported, 'header' | 'events'>) {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return showJson(header, model).negotiations.map(({ cause, state, changes }) => ({
    ...{ cause, state },
    changes: changes.map(({ class: kind, mid, sentence }) => ({ kind, mid, sentence })),
  }));
}

test.each(FILES)('%s as a session is the same, event by event', (name) => {
  const { header, events } = read(name);
  const again = readSession(written(sessionWriter(header), events));
  expect(again.events).toEqual(events);
  expect(again.header).toEqual(header);
});

test.each(FILES)('%s as a transcript negotiates the same', (name) => {
  const before = read(name);
  const again = readSession(written(transcriptWriter(), before.events));
  const signals = (events: Imported['events']) =>
    events.flatMap((event) => (event.kind === 'message' ? event.signals : [])).filter((signal) => 'sdp' in signal);
  expect(signals(again.events).map(({ type }) => type)).toEqual(signals(before.events).map(({ type }) => type));
  if (!name.startsWith('frames')) expect(told(again)).toEqual(told(before));
});

test.each(['frames/mdn.ndjson', 'dumps/devtools.har'])('%s as HAR negotiates the same', (name) => {
  const before = read(name);
  expect(told(readSession(written(harWriter(before.header), before.events)))).toEqual(told(before));
});

test('a transcript keeps requests and responses, what was created, and what a message was called', () => {
  const { events } = read('dumps/whip.har');
  const requests = (all: Imported['events']) =>
    all.flatMap((event) => {
      const signals = event.kind === 'message' ? event.signals : [];
      return signals.flatMap((signal) => {
        if (signal.type !== 'request' && signal.type !== 'response') return [];
        const { type, method, status, headers } = signal;
        return [{ type, method, status, headers }];
      });
    });
  const again = readSession(written(transcriptWriter(), events)).events;
  expect(requests(again)).toEqual(requests(events));
  expect(requests(again).length).toBeGreaterThan(2);

  const sdp = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
  const offer = { type: 'offer', pc: 'a+b', sdp, created: `${sdp}a=x\r\n`, mislabelled: 'answer' } as const;
  const event: SignalEvent = {
    ...{ seq: 1, t: 0, from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: 'x' },
    signals: [offer],
  };
  const [back] = readSession(written(transcriptWriter(), [event])).events;
  expect(back?.kind === 'message' && back.signals).toEqual([offer]);
});

/** Everything small that can be read: raw frames, recordings, dumps, HARs. */
const ALL = ['frames', 'negotiations', 'sessions', 'ws', 'dumps'].flatMap((folder) =>
  readdirSync(new URL(`../fixtures/${folder}`, import.meta.url))
    .filter((name) => !name.endsWith('.gz'))
    .map((name) => `${folder}/${name}`),
);

test.each(ALL)('%s as HAR comes back as it was, event by event', (name) => {
  const { header, events } = read(name);
  const again = readSession(written(harWriter(header), events));
  expect(again.events).toEqual(events);
  expect(again.header).toEqual(header);
});

test.each(ALL)('%s as HAR of others keeps every message, its way and its place', (name) => {
  const first = read(name);
  const second = readSession(JSON.stringify(foreign(written(harWriter(first.header), first.events))));
  const before = carried(first.events);
  const ways = (all: typeof before) => all.map(({ dir: _, ...rest }) => rest);
  expect(ways(carried(second.events))).toEqual(ways(before));
  const third = readSession(JSON.stringify(foreign(written(harWriter(second.header), second.events))));
  expect(third.events).toEqual(second.events);
  const times = second.events.map(({ t }) => t);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

/** A HAR without the members of our own but the order, as other tools keep it. */
function foreign(har: string): unknown {
  return JSON.parse(har, (key, value) => (/^_(?:session|events?)$/.test(key) ? undefined : value));
}

test('a transcript as HAR is still of two, and says in the standard members who sent what', () => {
  const { header, events } = read('negotiations/s17-pranswer__chromium-chromium.ndjson');
  const { log } = foreign(written(harWriter(header), events)) as {
    log: { entries: { _webSocketMessages: { type: string; data: string }[] }[] };
  };
  const [entry] = log.entries;
  const ways = entry?._webSocketMessages.map(
    ({ type, data }) => `${type} ${(JSON.parse(data) as { from: string }).from}`,
  );
  expect([...new Set(ways)].sort()).toEqual(['receive b', 'send a']);
});

test('a HAR keeps how connections were closed, states and notes', () => {
  const at = { from: 'app', to: 'server', link: 'ws1' } as const;
  const events: readonly SignalEvent[] = [
    { ...at, seq: 1, t: 0.125, kind: 'link', change: 'open', url: 'ws://a/' },
    { ...at, seq: 2, t: 1, dir: 'c2s', kind: 'message', protocol: 'x', encoding: 'base64', raw: 'AAEC', signals: [] },
    { ...at, seq: 5, t: 2, kind: 'state', pc: 'p', of: 'ice', value: 'failed' },
    { ...at, seq: 6, t: 3, kind: 'mark', text: 'here', of: 2 },
    { ...at, seq: 7, t: 4, kind: 'link', change: 'close', code: 4001, reason: 'bye' },
  ];
  const { header } = read('frames/mdn.ndjson');
  expect(readSession(written(harWriter(header), events)).events).toEqual(events);
});

test('who edits a message of a HAR changes what it means, and nothing else', () => {
  const { header, events } = read('frames/mdn.ndjson');
  const edited = JSON.parse(written(harWriter(header), events), (key, value) =>
    key === 'data' ? String(value).replaceAll('actpass', 'passive') : value,
  );
  const again = readSession(JSON.stringify(edited)).events;
  expect(again.map(({ seq, t }) => [seq, t])).toEqual(events.map(({ seq, t }) => [seq, t]));
  const isChanged = ({ seq }: SignalEvent) => {
    const event = events.find((one) => one.seq === seq);
    return event?.kind === 'message' && event.raw.includes('actpass');
  };
  const changed = again.filter(isChanged);
  expect(again.filter((event) => !isChanged(event))).toEqual(events.filter((event) => !isChanged(event)));
  for (const event of changed) expect(event).toMatchObject({ raw: expect.stringContaining('a=setup:passive') });
  const signals = changed.flatMap((event) => (event.kind === 'message' ? event.signals : []));
  const sdps = signals.flatMap((signal) => ('sdp' in signal ? signal.sdp : []));
  expect(sdps.length).toBeGreaterThan(0);
  for (const sdp of sdps) expect(sdp).toContain('a=setup:passive');
});

test('members of our own that are none are passed over', () => {
  const { header, events } = read('frames/mdn.ndjson');
  const har = written(harWriter(header), events);
  const spoilt = (value: unknown, part = /^_(?:session|events?)$/): string =>
    JSON.stringify(JSON.parse(har, (key, one) => (part.test(key) ? value : one)));
  for (const value of [null, 7, 'x', [], [null], {}, { format: 1 }, { text: 1, event: {} }]) {
    expect(carried(readSession(spoilt(value)).events).length).toBe(carried(events).length);
    expect(carried(readSession(spoilt(value, /^_events?$/)).events).length).toBe(carried(events).length);
  }
});

/** What a HAR can hold: each message verbatim, which way it went, in what order, when, and by which exchange. */
const carried = (events: Imported['events']) =>
  events.flatMap((event) => {
    if (event.kind !== 'message') return [];
    const { raw, encoding, http } = event;
    return [{ raw, encoding, dir: event.dir ?? 'c2s', http: http && { ...http, exchange: '' } }];
  });

test('messages of one moment keep their order across connections', () => {
  const { header } = read('frames/mdn.ndjson');
  const event = (seq: number, link: string, dir: 'c2s' | 's2c'): SignalEvent => ({
    ...{ seq, t: 7, link, dir, from: 'a', to: 'b', kind: 'message', protocol: 'unknown', encoding: 'text' },
    ...{ raw: `m${seq}`, signals: [] },
  });
  const events = [event(1, 'x', 'c2s'), event(2, 'y', 's2c'), event(3, 'x', 's2c'), event(4, 'y', 'c2s')];
  const again = readSession(written(harWriter(header), events)).events;
  const told = again.flatMap((one) => (one.kind === 'message' ? [`${one.raw} ${one.dir}`] : []));
  expect(told).toEqual(['m1 c2s', 'm2 s2c', 'm3 s2c', 'm4 c2s']);
});

test('HTTP exchanges are paired in HAR, with their headers', () => {
  const before = read('dumps/whip.har');
  const har = JSON.parse(written(harWriter(before.header), before.events)) as {
    log: { entries: { request: { method: string; headers: unknown[] }; response: { status: number } }[] };
  };
  const post = har.log.entries.find(({ request }) => request.method === 'POST');
  expect(post?.response.status).toBe(201);
  expect(post?.request.headers.length).toBeGreaterThan(0);
  const again = readSession(JSON.stringify(har));
  expect(told(again)).toEqual(told(before));
  const carried = ({ events }: Pick<Imported, 'events'>) =>
    events.flatMap((event) => (event.kind === 'message' ? [{ raw: event.raw, http: event.http }] : []));
  expect(carried(again)).toEqual(carried(before));
  expect(carried(before)[0]?.http).toMatchObject({
    method: 'POST',
    url: expect.stringMatching(/^http/),
    exchange: '1',
  });
});

test('what is piled up comes back apart, from memory and from disk', () => {
  for (const kept of [0, 1e9]) {
    const piles = createPiles(kept);
    const [a, b] = [piles.add(), piles.add()];
    expect([a.empty, b.empty]).toEqual([true, true]);
    for (let n = 0; n < 3000; n += 1) {
      a.add(`ä${n} ${'x'.repeat(100)}`);
      b.add(`b${n}`);
    }
    expect(a.empty).toBe(false);
    expect([...a.texts()].join('')).toBe(Array.from({ length: 3000 }, (_, n) => `ä${n} ${'x'.repeat(100)}`).join(''));
    expect([...b.texts()].join('')).toBe(Array.from({ length: 3000 }, (_, n) => `b${n}`).join(''));
    piles.close();
  }
});
