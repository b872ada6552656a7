/** The time of what is told late. */
import { expect, test } from 'vitest';
import { createMoments } from '../../../src/sources/attach/moments.ts';

function clocks() {
  let t = 101_000;
  const moments = createMoments(() => t);
  const told = (delay: number, time: unknown, clock: 'page' | 'network' = 'page') => {
    t += delay;
    let moment: number | undefined;
    moments.during(clock, time, () => {
      moment = moments.current();
    });
    return moment;
  };
  return { moments, told };
}

test('what comes late happened when its clock says, less the least delay there was', () => {
  const { told, moments } = clocks();
  expect(told(5, 50)).toBe(101_005);
  expect(told(20, 60)).toBe(101_015);
  expect(told(0, 75)).toBe(101_025);
  expect(told(1, 76)).toBe(101_026);
  // It is known now that the first came four late.
  expect(told(10, 90)).toBe(101_036);
  expect(told(0, 90)).toBe(101_036);
  expect(moments.current()).toBeUndefined();
});

test('a clock that shows almost the same is the same: what comes first is late already', () => {
  const { told } = clocks();
  expect(told(250, 101_000)).toBe(101_000);
  expect(told(0, 101_200)).toBe(101_200);
  // No, it is a little ahead.
  expect(told(0, 101_253)).toBe(101_250);
  expect(told(0, 101_203)).toBe(101_200);
});

test('each clock has a beginning of its own', () => {
  const { told } = clocks();
  expect(told(0, 1_700_000_000_000)).toBe(101_000);
  expect(told(10, 3, 'network')).toBe(101_010);
  expect(told(10, 1_700_000_000_005)).toBe(101_005);
  expect(told(0, 8, 'network')).toBe(101_015);
});

test('what is no time, or far ahead of all before, is told as of now', () => {
  const { told } = clocks();
  expect(told(0, 500)).toBe(101_000);
  for (const time of [undefined, '7', Number.NaN, Number.POSITIVE_INFINITY, 1e15])
    expect(told(1, time)).toBeUndefined();
  expect(told(1, 505)).toBe(101_005);
});

test('what is told inside of something else has its own time', () => {
  const { moments } = clocks();
  moments.during('page', 7, () => {
    moments.during('network', undefined, () => expect(moments.current()).toBeUndefined());
    expect(moments.current()).toBe(101_000);
  });
  expect(() => moments.during('page', 7, () => expect.fail('thrown'))).toThrow('thrown');
  expect(moments.current()).toBeUndefined();
});
