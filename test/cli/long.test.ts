/** Sessions of any length: what the commands have in memory does not grow with their text, which is read when it is asked for. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedOf } from '../../src/cli/feed.ts';
import { openInput } from '../../src/cli/input.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/main.ts';
import { openRecording } from '../../src/cli/recording.ts';
import { encodeEvent, encodeHeader } from '../../src/session/format.ts';
import { conversationOf } from '../bench/material.ts';
import { heap } from '../helpers/heap.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-long-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Messages of the shorter and of the longer one. The text of both is more than is kept of any. */
const [SHORT, LONG] = [500, 1500];
const FRAME = 100_000;
const path = (messages: number): string => join(folder, `${messages}.ndjson`);
/** Bytes that the longer one has more: what is remembered for a while, and goes up and down, is much less than half of it. */
const TEXT = (LONG - SHORT) * FRAME;

/** Short calls, in which nothing is found: offer, answer, a candidate of each, goodbye. Three seconds each. */
function record(messages: number): void {
  const file = openSync(path(messages), 'w');
  const about = { tool: 'test', startedAt: '2026-11-21T00:00:00.000Z', source: 'test', redacted: [] };
  writeSync(file, `${encodeHeader({ format: 1, ...about, parties: ['a', 'b'] })}\n`);
  const talk = conversationOf(11, 1);
  const call = [0, 9, 1, 10].map((place) => talk[place]);
  for (let seq = 1; seq <= messages; seq += 1) {
    const [draft, pc] = [call[(seq - 1) % 5], `call-${Math.floor((seq - 1) / 5)}`];
    const signals =
      draft?.kind === 'message' ? draft.signals.map((signal) => ({ ...signal, pc })) : [{ type: 'bye', pc }];
    const raw = `${seq} `.repeat(FRAME).slice(0, FRAME);
    writeSync(file, `${encodeEvent({ ...(draft ?? talk[0]), seq, t: seq * 600, raw, signals } as never)}\n`);
  }
  closeSync(file);
}

beforeAll(() => {
  record(SHORT);
  record(LONG);
}, 120_000);

/** Bytes of the heap when the command begins to write. */
async function heapOf(argv: readonly string[]): Promise<number> {
  let size: number | undefined;
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      size ??= heap();
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const io: Io = { stdin: new PassThrough().end(), stdout, stderr, env: { LANG: 'C.UTF-8' } };
  expect(await run(argv, io)).toBeLessThan(2);
  expect(size).toBeDefined();
  return size ?? 0;
}

/** What the longer one takes more. */
async function growth(take: (messages: number) => Promise<number>): Promise<number> {
  const short = await take(SHORT);
  return (await take(LONG)) - short;
}

test.each([
  ['check', (file: string) => ['check', file]],
  ['show', (file: string) => ['show', file]],
  ['show --json', (file: string) => ['show', file, '--json']],
  ['convert to Markdown', (file: string) => ['convert', file, '-', '--to', 'markdown']],
])('%s does not keep the text of what it has read', { timeout: 240_000 }, async (_, argv) => {
  expect(await growth((messages) => heapOf(argv(path(messages))))).toBeLessThan(TEXT / 2);
});

/** Bytes of the heap when all has been read and judged. */
async function viewed(messages: number): Promise<number> {
  const recording = openRecording(feedOf(openInput(path(messages), {} as Io)), new AbortController().signal);
  await recording.judge({});
  const size = heap();
  expect(recording.model.version).toBe(messages);
  return size;
}

test('view does not keep the text of what it has read', { timeout: 240_000 }, async () => {
  expect(await growth(viewed)).toBeLessThan(TEXT / 2);
});
