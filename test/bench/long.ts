/** Long recordings: how long they take to open and to convert, and what stays in memory of each message. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Format from '../../src/session/format.ts';
import { conversationOf } from './material.ts';
import { load, pathOf, print } from './measure.ts';
import { target } from './targets.ts';

/** Opens a session in a process of its own, as every command does, and tells time and memory. */
const OPEN = `
const { load } = await import(process.argv[1]);
gc();
const [start, before] = [performance.now(), process.memoryUsage().heapUsed];
const { events, model } = await load(process.argv[2], process);
const time = performance.now() - start;
gc();
const used = process.memoryUsage().heapUsed - before;
console.log(JSON.stringify({ time, used, count: events.length, version: model.version }));
`;

/** Calls of 90 messages, each with descriptions of some 3 KB in the signals and in the frame around them. */
async function write(path: string, messages: number): Promise<void> {
  const { encodeEvent, encodeHeader } = await load<typeof Format>('session/format.js');
  const about = { tool: 'bench', startedAt: '2026-11-21T00:00:00.000Z', source: 'bench' };
  const call = conversationOf(90, 1);
  const file = openSync(path, 'w');
  writeSync(file, `${encodeHeader({ format: 1, ...about, parties: ['a', 'b'], redacted: [] })}\n`);
  for (let seq = 1, n = 0; seq <= messages; n += 1) {
    const lines = call.slice(0, messages - seq + 1).map((draft, i) => {
      const signals = draft.kind === 'message' ? draft.signals.map((signal) => ({ ...signal, pc: `call-${n}` })) : [];
      return encodeEvent({ ...draft, seq: seq + i, t: seq + i, raw: JSON.stringify(signals), signals } as never);
    });
    seq += lines.length;
    writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
}

export async function long(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-bench-'));
  const rows: string[][] = [];
  for (const messages of [10_000, 30_000, 100_000]) {
    const path = join(folder, `${messages}.ndjson`);
    await write(path, messages);
    const args = ['--expose-gc', '--input-type=module', '-e', OPEN, pathOf('dist/cli/load.js'), path];
    const opened = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const { time, used } = JSON.parse(opened.stdout) as { time: number; used: number };
    const start = performance.now();
    spawnSync(process.execPath, [pathOf('bin/renego.js'), 'convert', path, join(folder, `${messages}.transcript`)]);
    const converted = performance.now() - start;
    if (messages === 100_000) {
      target('100,000 messages: read', time / 1000, { most: 5, unit: ' s', of: '' });
      target('100,000 messages: memory beyond their text', Math.max(0, used / messages) / 1024, {
        most: 0.6,
        unit: ' KB',
        of: 'a message',
      });
    }
    const size = `${(statSync(path).size / 1e6).toFixed(0)} MB`;
    rows.push([
      ...[String(messages), size, time.toFixed(0), ((time / messages) * 1e3).toFixed(0)],
      ...[(used / messages).toFixed(0), converted.toFixed(0)],
    ]);
  }
  print('Long recordings', ['messages', 'file', 'read ms', 'µs a message', 'bytes kept a message', 'convert ms'], rows);
  rmSync(folder, { recursive: true, force: true });
}
