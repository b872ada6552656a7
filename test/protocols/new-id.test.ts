import { expect, it } from 'vitest';
import { idMaker } from '../../src/protocols/new-id.ts';

it('takes the maker it is given, and counts without one', () => {
  expect(idMaker({ as: 'a', now: 0, newId: (length) => 'x'.repeat(length ?? 1) })(3)).toBe('xxx');
  const make = idMaker({ as: 'a', now: 0 });
  expect([make(4), make(4), make()]).toEqual(['0001', '0002', '0000000000000003']);
});
