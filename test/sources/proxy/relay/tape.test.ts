/** The tape under a reader that is slow, or whose disk fails: nothing is lost silently, and memory is bounded. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HEAD, RECORD, recordsOf } from '../../../../src/sources/proxy/relay/records.ts';
import { createTape } from '../../../../src/sources/proxy/relay/tape.ts';

function scripted(window: number, total = 1_000_000) {
  const pieces: Uint8Array[] = [];
  const said: string[] = [];
  let over: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    over = resolve;
  });
  const tape = createTape({
    post: (bytes) => pieces.push(bytes),
    torn: (bytes) => said.push(`torn ${bytes}`),
    behind: () => said.push('behind'),
    caughtUp: (waited) => said.push(`caught up ${waited}`),
    window,
    limits: { total, unwritten: total },
  });
  /** Reads what is there until nothing more comes. */
  async function readAll(): Promise<string[]> {
    tape.finish(over);
    const read: string[] = [];
    const timer = setInterval(() => {
      for (const bytes of pieces.splice(0)) {
        for (const { kind, id, bytes: own } of recordsOf(bytes)) read.push(`${kind} ${id} ${own.length}`);
        tape.read(bytes.length);
      }
    }, 1);
    await finished;
    clearInterval(timer);
    return read;
  }
  return { tape, said, pieces, readAll };
}

test('everything is read in order, also what had to wait for a slow reader', async () => {
  const { tape, said, readAll } = scripted(100_000);
  for (let n = 0; n < 20; n += 1) tape.add(RECORD.copy, n, new Uint8Array(50_000));
  tape.add(RECORD.end, 7);
  expect(tape.length).toBe(20 * (50_000 + HEAD) + HEAD);
  const read = await readAll();
  expect(read).toEqual([...Array.from({ length: 20 }, (_, n) => `${RECORD.copy} ${n} 50000`), `${RECORD.end} 7 0`]);
  expect(said[0]).toBe('behind');
  expect(said.at(-1)).toMatch(/^caught up \d+$/);
});

test('where there is no more room a socket is given up, said once, and its length does not count what is missing', async () => {
  const { tape, readAll } = scripted(100, 60_000);
  const big = 300_000;
  tape.add(RECORD.copy, 1, new Uint8Array(big));
  await turn();
  tape.add(RECORD.copy, 1, new Uint8Array(big));
  tape.add(RECORD.copy, 1, new Uint8Array(10));
  tape.add(RECORD.copy, 1, new Uint8Array(10));
  expect(tape.length).toBe(2 * (big + HEAD) + HEAD);
  const read = await readAll();
  expect(read).toEqual([`${RECORD.copy} 1 ${big}`, `${RECORD.copy} 1 ${big}`, `${RECORD.lost} 1 0`]);
});

test('what a socket that was given up does last is told', async () => {
  const { tape, readAll } = scripted(100, 60_000);
  for (let n = 0; n < 3; n += 1) {
    tape.add(RECORD.copy, 1, new Uint8Array(300_000));
    await turn();
  }
  tape.add(RECORD.closed, 1);
  const read = await readAll();
  expect(read.slice(-2)).toEqual([`${RECORD.lost} 1 0`, `${RECORD.closed} 1 0`]);
});
