import { expect, it } from 'vitest';
import { createRecent } from '../../src/core/recent.ts';

it('the newest are known, the oldest forgotten', () => {
  const recent = createRecent<number, string>(10);
  for (let n = 0; n < 100; n += 1) recent.set(n, `v${n}`);
  const known = Array.from({ length: 100 }, (_, n) => n).filter((n) => recent.get(n) !== undefined);
  expect(known.length).toBeGreaterThanOrEqual(5);
  expect(known.length).toBeLessThanOrEqual(10);
  expect(known.at(-1)).toBe(99);
  expect(known).toEqual(Array.from({ length: known.length }, (_, i) => 100 - known.length + i));
  expect(recent.get(99)).toBe('v99');
});

it('heavy values push out more', () => {
  const recent = createRecent<string, number>(100);
  recent.set('a', 1, 10);
  recent.set('b', 2, 45);
  recent.set('c', 3, 45);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([undefined, 2, 3]);
});
