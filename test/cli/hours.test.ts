/** Eight hours of a live session at speed: judged, drawn and recorded as always, and memory stays flat. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Context } from '../../src/cli/io.ts';
import { runLive } from '../../src/cli/pipeline.ts';
import type { Draft } from '../../src/core/event.ts';
import type { Emit, Source } from '../../src/sources/source.ts';
import { conversationOf } from '../bench/material.ts';
import { heap } from '../helpers/heap.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-hours-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;
/** Calls of ten minutes, one after the other, with a message every second or two, and the server's keepalives. */
const [CALLS, MESSAGES] = [48, 450];

function* eightHours(): Generator<Draft> {
  const call = conversationOf(MESSAGES, 3);
  const base = { from: 'a', to: 'b', kind: 'message', protocol: 'bench', encoding: 'text' } as const;
  for (let n = 0; n < CALLS; n += 1) {
    const began = (n * 8 * HOUR_MS) / CALLS;
    const pc = `call-${n}`;
    for (const [i, draft] of call.entries()) {
      const t = began + (i * 590_000) / MESSAGES;
      const signals = draft.kind === 'message' ? draft.signals.map((signal) => ({ ...signal, pc })) : [];
      yield { ...draft, t, raw: JSON.stringify(signals), signals } as Draft;
      if (i % 5 === 0) yield { ...base, t, raw: `{"ping":${i}}`, signals: [{ type: 'other', label: 'ping' }] };
    }
    yield { ...base, t: began + 595_000, raw: '{"bye":1}', signals: [{ type: 'bye', pc }] };
  }
}

/** Tells the heap at each full hour. */
function simulated(hours: number[]): Source {
  return {
    async start(emit: Emit) {
      const began = Date.now();
      let count = 0;
      for (const { t = 0, ...draft } of eightHours()) {
        emit(draft as Draft, { at: began + t });
        count += 1;
        // The screen gets its turn.
        if (count % 50 === 0) await turn();
        if (t < (hours.length + 1) * HOUR_MS) continue;
        hours.push(heap());
      }
      hours.push(heap());
      return { reason: 'done', code: 0 };
    },
    dispatch: () => {},
    refusal: () => undefined,
  };
}

function terminal(): Context {
  const stdout = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), {
    ...{ isTTY: true, columns: 200, rows: 60 },
  });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  const io = { stdin, stdout, stderr: stdout, env: { LANG: 'C.UTF-8' } };
  return { io, ascii: false, interactive: true, debug: false, unread: new AbortController().signal };
}

test('memory is flat, and the recording is in files of the size that was asked for', { timeout: 180_000 }, async () => {
  const hours: number[] = [];
  const context = terminal();
  const source = simulated(hours);
  const ended = runLive(context, {
    source: {
      ...source,
      async start(emit, signal) {
        const end = await source.start(emit, signal);
        (context.io.stdin as PassThrough).write('q');
        return end;
      },
    },
    about: { source: 'bench', parties: ['a', 'b'] },
    ...{
      tool: 'test',
      title: 'hours',
      json: false,
      settings: {},
      failOn: 'never',
      plan: undefined,
      timeout: undefined,
    },
    ...{ record: join(folder, 'hours.ndjson'), rotate: 20_000_000 },
  });
  expect(await ended).toBe(0);
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  const text = sizes.reduce((sum, size) => sum + size, 0);
  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThan(20_100_000);

  // What the hours from the fourth to the eighth would take if they were kept is half of the text.
  const mean = (from: number): number => ((hours[from] ?? 0) + (hours[from + 1] ?? 0)) / 2;
  expect(hours).toHaveLength(8);
  expect(mean(6) - mean(2)).toBeLessThan(text / 4);
});
