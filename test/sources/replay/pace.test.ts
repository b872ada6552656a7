import { describe, expect, test } from 'vitest';
import type { SignalEvent } from '../../../src/core/event.ts';
import { createTold, type TellOptions } from '../../../src/sources/replay/pace.ts';
import type { Step } from '../../../src/sources/replay/script.ts';

const event = (seq: number, t: number): SignalEvent => ({
  ...{ seq, t, from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: '', signals: [] },
});
const step = (what: Step['do'], t: number): Step => ({
  ...{ seq: 1, t, lane: 'a', do: what, raw: '', encoding: 'text', protocol: 'x', from: 'a', signals: [] },
});

/** Times now, and what each was in the recording; gives the times of the recorded pace. */
function paced(
  options: Omit<TellOptions, 'keeper'>,
  ...done: readonly (readonly [t: number, what?: Step['do'], recorded?: number])[]
): number[] {
  const told = createTold({ ...options, keeper: () => [] });
  for (const [index, [t, what, recorded]] of done.entries()) {
    told.add(event(index + 1, t));
    if (what !== undefined) told.stands(index + 1, step(what, recorded ?? 0));
  }
  return [...told.paced()].map((one) => one.t);
}

const FAST = { speed: Number.POSITIVE_INFINITY, byHand: false };

describe('the recorded pace', () => {
  test('is that of a replay at speed 1', () => {
    expect(paced({ speed: 1, byHand: false }, [1, 'say', 500], [2, 'hear', 900])).toEqual([1, 2]);
  });

  test('has the pauses that a faster replay leaves out', () => {
    expect(paced(FAST, [1, 'say', 0], [3, 'hear', 20], [4, 'say', 12_000], [5])).toEqual([1, 21, 12_001, 12_002]);
  });

  test('keeps what took longer than it did', () => {
    expect(paced(FAST, [1, 'say', 0], [15_001, 'hear', 20], [15_002, 'say', 21])).toEqual([1, 15_001, 15_002]);
  });

  test('is not that of what is heard before its time, or after it', () => {
    expect(paced(FAST, [0, 'say', 0], [1, 'hear', 60_000], [2, 'say', 100])).toEqual([0, 100, 101]);
    expect(paced(FAST, [0, 'say', 9_000], [1, 'hear', 10], [2, 'say', 9_500])).toEqual([9_000, 9_001, 9_501]);
  });

  test('does not count how long somebody took to let something go', () => {
    expect(paced({ speed: 1, byHand: true }, [0, 'say', 0], [40_000, 'say', 50], [40_010, 'hear', 55])).toEqual([
      0, 50, 60,
    ]);
  });
});
