/** Recordings of any length: what a replay has in memory does not grow with them. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Signal } from '../../src/core/event.ts';
import { encodeEvent, encodeHeader } from '../../src/session/format.ts';
import { heap } from '../helpers/heap.ts';
import { renego } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-replay-long-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes of a note; a goodbye stands before so many of them. */
const [NOTE, NOTES] = [40_000, 40];

/** A client that talks to an echo: what it says comes back. Gives how many messages it says. */
function record(path: string, bytes: number): number {
  const file = openSync(path, 'w');
  let [seq, said] = [0, 0];
  const write = (line: string): number => writeSync(file, `${line}\n`);
  function both(message: Record<string, unknown>, ...signals: readonly Signal[]): void {
    const raw = JSON.stringify(message);
    for (const dir of ['c2s', 's2c'] as const) {
      seq += 1;
      const ends = dir === 'c2s' ? { from: 'app', to: 'server' } : { from: 'server', to: 'app' };
      const told = { kind: 'message', dir, protocol: 'unknown', encoding: 'text', raw, signals } as const;
      write(encodeEvent({ ...ends, ...told, seq, t: seq, link: 'one' }));
    }
    said += 1;
  }
  const about = { tool: 'test', startedAt: '2026-11-21T00:00:00.000Z', source: 'proxy', redacted: [] };
  write(encodeHeader({ format: 1, ...about, parties: ['app', 'server'] }));
  for (let n = 0; n * NOTE * 2 < bytes; n += 1) {
    // Goodbyes are waited for, notes are not; and no rule minds how long any of it takes.
    if (n % NOTES === 0) both({ type: 'bye', n }, { type: 'bye', pc: 'p' });
    // No two texts are the same, and each is a string of its own.
    both({ type: 'note', n, text: `${n} `.repeat(NOTE).slice(0, NOTE) }, { type: 'other', label: 'note' });
  }
  closeSync(file);
  return said;
}

/** Sends everything back; tells the heap from time to time. */
function echo(messages: number, heaps: number[]): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let count = 0;
  server.on('connection', (socket: WebSocket) =>
    socket.on('message', (data: Buffer) => {
      count += 1;
      if (count % Math.ceil(messages / 8) === 0) heaps.push(heap());
      socket.send(data.toString());
    }),
  );
  return new Promise((resolve) => server.once('listening', () => resolve(server)));
}

/** `memory` is what there is more of it while it runs. */
async function replayed(bytes: number): Promise<{ readonly memory: number; readonly stdout: string }> {
  const path = join(folder, `${bytes}.ndjson`);
  const heaps: number[] = [];
  const server = await echo(record(path, bytes), heaps);
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const before = heap();
  const { stdout } = await renego(['replay', path, '--to', url, '--speed', 'max', '--patience', '60s']);
  server.close();
  expect(heaps.length).toBeGreaterThanOrEqual(7);
  // The second half: what is kept for a while is full by then.
  const half = heaps.slice(4);
  return { memory: half.reduce((sum, one) => sum + one, 0) / half.length - before, stdout };
}

test('what is said and heard is read when it is needed, and not kept', { timeout: 300_000 }, async () => {
  const [some, more] = [60_000_000, 120_000_000];
  const first = await replayed(some);
  const second = await replayed(more);
  for (const { stdout } of [first, second]) expect(stdout.slice(-500)).toMatch(/\nThe same as .*\.\n$/);
  // The recording alone, kept once, would be all of what there is more of it.
  expect(second.memory - first.memory).toBeLessThan((more - some) / 4);
});
