import { expect, test } from 'vitest';
import { createRemembered } from '../../../src/sources/replay/remembered.ts';

test('what is used is kept, what is not is forgotten', () => {
  const ids = createRemembered<number, string>(100);
  for (let id = 0; id < 1_000; id += 1) {
    ids.set(id, `id ${id}`);
    expect(ids.get(0)).toBe('id 0');
  }
  expect(ids.all.size).toBe(100);
  expect([ids.get(1), ids.get(999)]).toEqual([undefined, 'id 999']);
});

test('what is long counts as much as it is long, and the newest is there in any case', () => {
  const texts = createRemembered<string, string>(1_000, (key, value) => key.length + value.length);
  for (const key of ['a', 'b', 'c']) texts.set(key, 'x'.repeat(400));
  expect([...texts.all.keys()]).toEqual(['b', 'c']);
  texts.set('b', 'short');
  texts.set('d', 'x'.repeat(400));
  expect([...texts.all.keys()]).toEqual(['c', 'b', 'd']);
  texts.set('long', 'x'.repeat(5_000));
  expect([...texts.all.keys()]).toEqual(['long']);
});
