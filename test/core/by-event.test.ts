import { describe, expect, test } from 'vitest';
import { ByEvent } from '../../src/core/by-event.ts';

describe('what events carried', () => {
  const carried = new ByEvent<{ seq: number; what: string }>();
  for (const [seq, what] of [
    [2, 'a'],
    [5, 'b'],
    [5, 'c'],
    [9, 'd'],
  ] as const)
    carried.push({ seq, what });
  const at = (seq: number) => carried.get(seq)?.map(({ what }) => what);

  test('is found by the number of its event, all of it in order', () => {
    expect([at(2), at(5), at(9)]).toEqual([['a'], ['b', 'c'], ['d']]);
    expect(carried.all.map(({ what }) => what)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('is nothing for events before, between and behind', () => {
    expect([1, 3, 10].map(at)).toEqual([undefined, undefined, undefined]);
    expect([1, 2, 4, 5, 9, 10].map((seq) => carried.has(seq))).toEqual([false, true, false, true, true, false]);
  });

  test('may be taken away, and told late', () => {
    const late = new ByEvent<{ seq: number; what: string }>();
    for (const seq of [1, 3, 3, 5]) late.push({ seq, what: 'early' });
    late.delete(3);
    expect(late.all.map(({ seq }) => seq)).toEqual([1, 5]);
    late.push({ seq: 3, what: 'late' });
    late.push({ seq: 5, what: 'later' });
    late.push({ seq: 3, what: 'latest' });
    expect(late.all.map(({ seq, what }) => `${seq} ${what}`)).toEqual([
      '1 early',
      '3 late',
      '3 latest',
      '5 early',
      '5 later',
    ]);
  });

  test('is nothing where nothing was carried', () => {
    expect(new ByEvent().get(1)).toBeUndefined();
    expect(new ByEvent().has(1)).toBe(false);
  });
});
