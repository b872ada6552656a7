import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEventStore } from '../../src/cli/event-store.ts';
import { linesOf } from '../../src/cli/lines-of.ts';
import type { SignalEvent } from '../../src/core/event.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const event = (n: number): SignalEvent => ({ seq: n + 1, t: n, from: 'ä', to: 'b', kind: 'mark', text: `m${n}` });
const all = Array.from({ length: 3000 }, (_, n) => event(n));

/** A session file of these events, with a line without event and one that is long. */
function written(name: string, events: readonly SignalEvent[]): string {
  const path = join(folder, name);
  const lines = [
    `\ufeff{"kind":"session"}`,
    '',
    ...events.map((one) => JSON.stringify(one)),
    `{"long":"${'ü'.repeat(3e6)}"}`,
  ];
  writeFileSync(path, lines.join('\r\n'));
  return path;
}

describe('a store of events', () => {
  it.each([
    ['in memory', 1e9, false],
    ['in a temporary file', 10_000, false],
    ['in the file they came from', 10_000, true],
    ['nowhere but there', 0, true],
  ])('is a list of them, %s', (_, kept, inPlace) => {
    const path = written('list.ndjson', all);
    const store = createEventStore({ source: [path], kept });
    const places = [...(linesOf([path]) ?? [])].flat().filter(({ text }) => text.startsWith('{"seq"'));
    expect(places).toHaveLength(all.length);
    for (const [n, one] of all.entries()) store.push(one, inPlace ? places[n]?.place : undefined);
    expect(store.length).toBe(all.length);
    expect([store.at(0), store.at(1500), store.at(-1), store.at(3000), store.at(-3001)]).toEqual([
      all[0],
      all[1500],
      all.at(-1),
      undefined,
      undefined,
    ]);
    expect([...store]).toEqual(all);
    expect(store.slice(10, 12)).toEqual(all.slice(10, 12));
    expect(store.slice(-2)).toEqual(all.slice(-2));
    // Those that were read lately are not read again.
    const lines = all.flatMap(
      (one, n) =>
        store
          .line?.(n)
          ?.trim()
          .replace(/^.*/, (text) => `${one.seq} ${text}`) ?? [],
    );
    const whole = all.map((one) => `${one.seq} ${JSON.stringify(one)}`);
    expect(whole).toEqual(expect.arrayContaining(lines));
    expect([store.line?.(-1), store.line?.(3000)]).toEqual([undefined, undefined]);
    expect(store.some(({ seq }) => seq === 2999)).toBe(true);
    expect(store.some(({ seq }) => seq === 3001)).toBe(false);
    store.close();
  });

  it('says so if the file has changed', () => {
    const many = Array.from({ length: 60_000 }, (_, n) => event(n));
    const path = written('changed.ndjson', many);
    const store = createEventStore({ source: [path], kept: 0 });
    const places = [...(linesOf([path]) ?? [])].flat().filter(({ text }) => text.startsWith('{"seq"'));
    for (const [n, one] of many.entries()) store.push(one, places[n]?.place);
    writeFileSync(path, 'x'.repeat(100));
    expect(store.at(0)).toMatchObject({ seq: 1, kind: 'problem', code: 'INPUT_CHANGED' });
  });
});

it('lines of a file come whole and with their places, those too long in parts without', () => {
  const path = join(folder, 'lines.txt');
  const texts = ['ä\n', '\n', `${'x'.repeat(9_000_000)}\n`, 'end'];
  writeFileSync(path, texts.join(''));
  const lines = [...(linesOf([path]) ?? [])].flat();
  expect(lines.map(({ text }) => text).join('')).toBe(texts.join(''));
  const placed = lines.filter(({ place }) => place !== undefined);
  expect(placed.map(({ text, place }) => [text, place])).toEqual([
    ['ä\n', { at: 0, length: 3 }],
    ['\n', { at: 3, length: 1 }],
    ['end', { at: 9_000_005, length: 3 }],
  ]);
});

it('a folder, a packed file and what is not there have no lines', () => {
  const packed = join(folder, 'packed');
  writeFileSync(packed, Buffer.from([0x1f, 0x8b, 8]));
  for (const paths of [[folder], [packed], [join(folder, 'none')], []]) expect(linesOf(paths)).toBeUndefined();
});
