import { expect, it } from 'vitest';
import { isInterception, pairId } from '../../src/core/event.ts';

it('a pair has one id, whoever speaks', () => {
  expect(pairId('bob', 'alice')).toBe('alice+bob');
  expect(pairId('alice', 'bob')).toBe('alice+bob');
});

it('a peer acts, a proxy intercepts', () => {
  expect(isInterception({ do: 'let-go' })).toBe(true);
  expect(isInterception({ do: 'offer' })).toBe(false);
});
