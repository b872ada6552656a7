import { afterEach, expect, test, vi } from 'vitest';
import { steadyClock } from '../../../src/sources/replay/steady.ts';

afterEach(() => void vi.useRealTimers());

test('goes on as long as the process runs, and stands still while it does not', () => {
  vi.useFakeTimers();
  let real = 5_000;
  const { now, stop } = steadyClock(() => real);
  const runs = (ms: number) => {
    for (let n = 0; n < ms; n += 10) {
      real += 10;
      vi.advanceTimersByTime(10);
    }
  };
  expect(now()).toBe(5_000);
  runs(1_000);
  expect(now()).toBe(6_000);
  // Nothing runs, no timer either.
  real += 20_000;
  const [still] = [now()];
  expect(still).toBeLessThanOrEqual(6_100);
  runs(1_000);
  expect(now() - still).toBeGreaterThan(900);
  expect(now() - still).toBeLessThanOrEqual(1_000);
  stop();
});
