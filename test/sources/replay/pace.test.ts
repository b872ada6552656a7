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
  test('is that of a replay at speed 1, where the far side may be sooner', () => {
    expect(paced({ speed: 1, byHand: false }, [1, 'say', 500], [2, 'hear', 900])).toEqual([500, 501]);
  });

  test('has the pauses that a faster replay leaves out', () => {
    expect(paced(FAST, [1, 'say', 0], [3, 'hear', 20], [4, 'say', 12_000], [5])).toEqual([0, 20, 12_000, 12_001]);
  });

  test('keeps what took longer than it did', () => {
    expect(paced(FAST, [1, 'say', 0], [15_001, 'hear', 20], [15_002, 'say', 21])).toEqual([0, 15_000, 15_001]);
  });

  test('is not that of what is heard before its time, or after it', () => {
    expect(paced(FAST, [0, 'say', 0], [1, 'hear', 60_000], [2, 'say', 100])).toEqual([0, 100, 100]);
    expect(paced(FAST, [0, 'say', 9_000], [1, 'hear', 10], [2, 'say', 9_500])).toEqual([9_000, 9_001, 9_500]);
  });

  test('does not count how long somebody took to let something go', () => {
    expect(paced({ speed: 1, byHand: true }, [0, 'say', 0], [40_000, 'say', 50], [40_010, 'hear', 55])).toEqual([
      0, 50, 60,
    ]);
  });

  test('does not count how late the replay itself says something', () => {
    for (const speed of [1, Number.POSITIVE_INFINITY]) {
      const options = { speed, byHand: false };
      expect(paced(options, [900, 'say', 0], [910, 'hear', 10], [3_000, 'say', 20], [3_005, 'say', 30])).toEqual([
        0, 10, 20, 30,
      ]);
    }
  });

  test('makes up in pauses for what the far side took longer, but not in how long it took to react', () => {
    const [asked, answered] = [
      [0, 'say', 0],
      [400, 'hear', 10],
    ] as const;
    expect(paced(FAST, asked, answered, [401, 'say', 30])).toEqual([0, 400, 420]);
    expect(paced(FAST, asked, answered, [401, 'say', 300])).toEqual([0, 400, 600]);
    expect(paced(FAST, asked, answered, [401, 'say', 5_000], [402, 'hear', 5_010])).toEqual([0, 400, 5_000, 5_010]);
  });

  test('does not make up for more than a second', () => {
    const slow = [
      [0, 'say', 0],
      [4_000, 'hear', 10],
      [4_001, 'say', 9_000],
      [4_002, 'hear', 9_010],
    ] as const;
    expect(paced(FAST, ...slow)).toEqual([0, 4_000, 11_990, 12_000]);
  });

  test('is not moved by what the recording does not have', () => {
    const asked = [
      [0, 'say', 0],
      [2, 'hear', 10],
    ] as const;
    expect(paced(FAST, ...asked, [5_000], [6_000], [6_001, 'say', 300])).toEqual([0, 10, 300, 300, 300]);
    expect(paced(FAST, ...asked, [5_000])).toEqual([0, 10, 5_008]);
  });
});
