/**
 * Long recordings: how long they take to open, to check and to convert, beside a bare Node that reads and parses the same
 * lines; and what stays in memory.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../../src/core/event.ts';
import type * as Format from '../../src/session/format.ts';
import { conversationOf } from './material.ts';
import { load, pathOf, print, ratio } from './measure.ts';
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

/** What every reader of the file has to do: each line as text, and parsed. Tells its time. */
const BARE = `
const { createReadStream } = await import('node:fs');
const { createInterface } = await import('node:readline');
const start = performance.now();
let length = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[1]) }))
  length += Object.keys(JSON.parse(line)).length;
console.log(JSON.stringify({ time: performance.now() - start, length }));
`;

/** Reads and judges a session as check does; tells time, and the most memory the process had. */
const JUDGE = `
const [{ load }, { beginCheck }] = await Promise.all([import(process.argv[1]), import(process.argv[2])]);
const start = performance.now();
const checking = beginCheck();
const { model } = await load(process.argv[3], process, checking.observe);
const found = checking.finish(model).length;
console.log(JSON.stringify({ time: performance.now() - start, found, peak: process.resourceUsage().maxRSS }));
`;

function told<T>(script: string, ...args: readonly string[]): T {
  const run = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, ...args], {
    encoding: 'utf8',
  });
  return JSON.parse(run.stdout) as T;
}

/** A hundred messages a second: calls of 90, the last a goodbye, one after the other, with descriptions of some 3 KB in the signals and in the frame around them. */
export async function write(path: string, messages: number): Promise<void> {
  const { encodeEvent, encodeHeader } = await load<typeof Format>('session/format.js');
  const about = { tool: 'bench', startedAt: '2026-11-21T00:00:00.000Z', source: 'bench' };
  const talk = conversationOf(89, 1);
  const call = [...talk, { ...(talk[0] as object), signals: [{ type: 'bye' }] } as unknown as Draft];
  const file = openSync(path, 'w');
  writeSync(file, `${encodeHeader({ format: 1, ...about, parties: ['a', 'b'], redacted: [] })}\n`);
  for (let seq = 1, n = 0; seq <= messages; n += 1) {
    const lines = call.slice(0, messages - seq + 1).map((draft, i) => {
      const signals = draft.kind === 'message' ? draft.signals.map((signal) => ({ ...signal, pc: `call-${n}` })) : [];
      return encodeEvent({ ...draft, seq: seq + i, t: (seq + i) * 10, raw: JSON.stringify(signals), signals } as never);
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
    const bare = told<{ time: number }>(BARE, path).time;
    const { time, used } = told<{ time: number; used: number }>(OPEN, pathOf('dist/cli/load.js'), path);
    const modules = [pathOf('dist/cli/load.js'), pathOf('dist/rules/index.js')];
    const judged = told<{ time: number; peak: number }>(JUDGE, ...modules, path);
    const start = performance.now();
    spawnSync(process.execPath, [pathOf('bin/renego.js'), 'convert', path, join(folder, `${messages}.transcript`)]);
    const converted = performance.now() - start;
    if (messages === 100_000) {
      target('100,000 messages: read', time / 1000, { most: 1, unit: ' s', of: '' });
      target('100,000 messages: memory beyond their text', Math.max(0, used / messages) / 1024, {
        most: 0.6,
        unit: ' KB',
        of: 'a message',
      });
    }
    const size = `${(statSync(path).size / 1e6).toFixed(0)} MB`;
    rows.push([
      ...[String(messages), size, bare.toFixed(0), ratio(time, bare), ratio(judged.time, bare)],
      (judged.peak / 1024).toFixed(0),
      ...[(used / messages).toFixed(0), converted.toFixed(0)],
    ]);
  }
  print(
    'Long recordings',
    ['messages', 'file', 'bare ms', 'read', 'check', 'check MB', 'bytes kept a message', 'convert ms'],
    rows,
  );
  rmSync(folder, { recursive: true, force: true });
}
