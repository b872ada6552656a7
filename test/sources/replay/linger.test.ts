import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLinger } from '../../../src/sources/replay/linger.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether it is over after each of these. */
function lingering(quiet: number) {
  const linger = createLinger(quiet);
  let over = false;
  const wait = async (ms: number): Promise<boolean> => {
    await vi.advanceTimersByTimeAsync(ms);
    return over;
  };
  const end = (): void =>
    void linger.over().then(() => {
      over = true;
    });
  return { linger, wait, end };
}

test('it stays while somebody negotiates, and leaves when nobody has for so long', async () => {
  const { linger, wait, end } = lingering(1000);
  linger.opened('a');
  end();
  expect(await wait(900)).toBe(false);
  linger.heard([
    { type: 'notify', method: 'ping' },
    { type: 'candidate', pc: 'p', candidate: '' },
  ]);
  expect(await wait(900)).toBe(false);
  linger.heard([{ type: 'notify', method: 'ping' }]);
  expect(await wait(100)).toBe(true);
});

test('it leaves with the last who leaves, and at once if all have left before', async () => {
  const { linger, wait, end } = lingering(1000);
  linger.opened('a');
  linger.opened('b');
  end();
  linger.closed('a');
  expect(await wait(0)).toBe(false);
  linger.closed('b');
  expect(await wait(0)).toBe(true);
  const later = lingering(1000);
  later.linger.opened('a');
  later.linger.closed('a');
  later.end();
  expect(await later.wait(0)).toBe(true);
});

test('without time for it, and when it is stopped, it does not stay', async () => {
  const none = lingering(0);
  none.linger.opened('a');
  none.end();
  expect(await none.wait(0)).toBe(true);
  const stopped = lingering(1000);
  stopped.linger.opened('a');
  stopped.end();
  stopped.linger.stop();
  expect(await stopped.wait(0)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
