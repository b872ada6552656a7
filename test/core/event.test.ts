import { expect, it } from 'vitest';
import { pairId } from '../../src/core/event.ts';

it('a pair has one id, whoever speaks', () => {
  expect(pairId('bob', 'alice')).toBe('alice+bob');
  expect(pairId('alice', 'bob')).toBe('alice+bob');
});
