import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpool } from '../../../../src/sources/proxy/relay/spool.ts';

const piece = (n: number, size: number): Uint8Array => new Uint8Array(size).fill(n);
const LIMITS = { total: 1_000_000, unwritten: 1_000_000 };

test('gives what was put in, first in, first out, however the two are mixed', async () => {
  const steps = fc.array(fc.oneof(fc.constant('shift' as const), fc.integer({ min: 1, max: 5_000 })), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const spool = createSpool(LIMITS);
      const inside: Uint8Array[] = [];
      for (const [n, step] of script.entries()) {
        if (step === 'shift') expect(await spool.shift()).toEqual(inside.shift());
        else {
          const bytes = piece(n, step);
          spool.push(bytes);
          inside.push(bytes);
        }
        expect(spool.size).toBe(inside.reduce((sum, { length }) => sum + length, 0));
      }
      for (const bytes of inside) expect(await spool.shift()).toEqual(bytes);
      expect(await spool.shift()).toBeUndefined();
      spool.close();
    }),
    { numRuns: 50 },
  );
});

test('is full when either limit is reached, and leaves no file', async () => {
  const spool = createSpool({ total: 3_000, unwritten: 1_000_000 });
  spool.push(piece(1, 2_000));
  expect(spool.full).toBe(false);
  spool.push(piece(2, 1_000));
  expect(spool.full).toBe(true);
  await spool.shift();
  expect(spool.full).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`renego-${process.pid}-`))).toEqual([]);
  spool.close();
});
