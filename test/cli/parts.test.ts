import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEventStore } from '../../src/cli/event-store.ts';
import { openInput, readEvents } from '../../src/cli/input.ts';
import type { Io } from '../../src/cli/io.ts';
import { partOf, partsFrom } from '../../src/cli/parts.ts';
import { startRecorder } from '../../src/cli/record.ts';
import type { SessionHeader, SignalEvent } from '../../src/core/event.ts';
import { emptyModel } from '../../src/core/reduce.ts';
import { renego } from './run.ts';

const HEADER: SessionHeader = {
  ...{ format: 1, tool: 'renego 0', startedAt: '2026-11-21T06:31:13.000Z', source: 'peer' },
  ...{ parties: ['a', 'b'], redacted: [] },
};
const events = Array.from(
  { length: 60 },
  (_, n): SignalEvent => ({ seq: n + 1, t: n * 10, from: 'a', to: 'a', kind: 'mark', text: `ü ${'x'.repeat(n)}` }),
);
const io = { stderr: { write: () => true } } as unknown as Io;

/** Records all events into several files; returns the first. */
function record(): string {
  const folder = mkdtempSync(join(tmpdir(), 'renego-parts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'call.renego.ndjson');
  const recorder = startRecorder(path, HEADER, io, false, 1500);
  for (const event of events) recorder.accept(event, emptyModel());
  recorder.close('user');
  expect(readdirSync(folder).length).toBeGreaterThan(2);
  return path;
}

/** Keeps where each event is, and reads it again. */
async function readAgain(path: string) {
  const input = openInput(path, io);
  const store = createEventStore({ source: input.files, kept: 0 });
  const placed: boolean[] = [];
  await readEvents(input, (event, place) => {
    placed.push(place !== undefined);
    store.push(event, place);
  });
  const again = [...store];
  store.close();
  return { again, placed };
}

describe('a recording in several files', () => {
  it('is read as one, each event again from the file it is in', async () => {
    const { again, placed } = await readAgain(record());
    expect(again).toEqual(events);
    expect(placed).toEqual(events.map(() => true));
  });

  it('ends where a file is missing', async () => {
    const path = record();
    rmSync(partOf(path, 3));
    expect(partsFrom(path)).toEqual([path, partOf(path, 2)]);
    const { again } = await readAgain(path);
    expect(again).toEqual(events.slice(0, again.length));
  });

  it('is not that of a file that ended otherwise, nor of a later file alone', async () => {
    const path = record();
    expect(partsFrom(partOf(path, 2))).toEqual([partOf(path, 2)]);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"reason":"rotated"', '"reason":"user"'));
    expect(partsFrom(path)).toEqual([path]);
    expect(partsFrom(join(path, 'none'))).toEqual([join(path, 'none')]);
  });

  it('is shown and converted whole', async () => {
    const path = record();
    const shown = await renego(['show', path]);
    expect(shown.stdout.match(/mark: ü/g)).toHaveLength(events.length);
    const out = `${path}.whole.ndjson`;
    expect((await renego(['convert', path, out])).code).toBe(0);
    expect(readFileSync(out, 'utf8').match(/"kind":"mark"/g)).toHaveLength(events.length);
  });

  it('is one stream as well when its files are put together', async () => {
    const path = record();
    const files = partsFrom(path).map((part) => readFileSync(part, 'utf8'));
    const whole = `${path}.together.ndjson`;
    writeFileSync(whole, files.join(''));
    expect((await renego(['show', whole])).stdout).toBe((await renego(['show', path])).stdout);
  });
});
