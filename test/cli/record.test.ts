import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { partOf } from '../../src/cli/parts.ts';
import { startRecorder } from '../../src/cli/record.ts';
import { parseSize } from '../../src/cli/size.ts';
import type { SessionHeader, SignalEvent } from '../../src/core/event.ts';
import { emptyModel } from '../../src/core/reduce.ts';
import { decodeSession } from '../../src/session/decode.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-record-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER: SessionHeader = {
  ...{ format: 1, tool: 'renego 0', startedAt: '2026-11-21T06:31:13.000Z', source: 'peer' },
  ...{ parties: ['a', 'b'], redacted: [] },
};
const events = Array.from(
  { length: 100 },
  (_, n): SignalEvent => ({ seq: n + 1, t: n * 10, from: 'a', to: 'a', kind: 'mark', text: 'x'.repeat(50) }),
);

/** Records all events; returns what the user was told. */
function record(path: string, rotate?: number): string {
  let told = '';
  const io = { stderr: { write: (text: string) => (told += text) } } as unknown as Io;
  const recorder = startRecorder(path, HEADER, io, false, rotate);
  for (const event of events) recorder.accept(event, emptyModel());
  recorder.close('user');
  return told;
}

describe('a recording that is rotated', () => {
  it('is several sessions, which count on', () => {
    const path = join(folder, 'call.renego.ndjson');
    const told = record(path, 3000);
    const names = readdirSync(folder).filter((name) => name.startsWith('call'));
    expect(names.length).toBeGreaterThan(2);
    expect(told).toContain(`${path} and ${names.length - 1} more, the last ${partOf(path, names.length)}`);
    const read = names.map((_, n) => decodeSession(readFileSync(n === 0 ? path : partOf(path, n + 1), 'utf8')));
    expect(read.flatMap(({ events: some }) => some)).toEqual(events);
    for (const { header, problems, end } of read)
      expect({ header, problems, end }).toMatchObject({ header: HEADER, problems: [], end: {} });
    expect(read.map(({ end }) => end?.reason)).toEqual([...names.slice(1).map(() => 'rotated'), 'user']);
  });

  it('never overwrites: it stops, and says so', () => {
    const path = join(folder, 'taken.ndjson');
    writeFileSync(partOf(path, 2), 'mine');
    expect(record(path, 3000)).toMatch(/recording to .*taken\.2\.ndjson stopped: .* is not empty \[RECORD_FAILED\]\n$/);
    expect(readFileSync(partOf(path, 2), 'utf8')).toBe('mine');
    expect(decodeSession(readFileSync(path, 'utf8')).end?.reason).toBe('rotated');
  });

  it('is one file without a size', () => {
    const path = join(folder, 'one.ndjson');
    expect(record(path)).toMatch(/recorded to \S+one\.ndjson \(/);
    expect(decodeSession(readFileSync(path, 'utf8')).events).toEqual(events);
  });
});

it.each([
  ['a.ndjson', 'a.2.ndjson'],
  ['x/y.renego.ndjson', 'x/y.2.renego.ndjson'],
  ['x.y/z', 'x.y/z.2'],
])('the second file of %s is %s', (path, second) => expect(partOf(path, 2)).toBe(second));

it('sizes have units', () => {
  const sizes = ['100MB', '500 kb', '1.5GB', '7', '3B'].map((text) => parseSize(text, '--rotate'));
  expect(sizes).toEqual([1e8, 5e5, 1.5e9, 7, 3]);
  for (const text of ['', 'MB', '0', '1TB', '-1'])
    expect(() => parseSize(text, '--rotate')).toThrow(expect.objectContaining({ code: 'BAD_SIZE' }));
});
