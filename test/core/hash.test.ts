import { expect, it } from 'vitest';
import { hashOf } from '../../src/core/hash.ts';

it('texts of any length have a number each, the same for the same', () => {
  const texts = Array.from({ length: 20_000 }, (_, n) => `offer\nv=0\r\no=- ${n} 1 IN IP4 0.0.0.0\r\n`);
  const hashes = new Set(texts.map(hashOf));
  expect(hashes.size).toBe(texts.length);
  expect([...hashes].every(Number.isSafeInteger)).toBe(true);
  expect(texts.map(hashOf)).toEqual([...hashes]);
  expect(hashOf('')).not.toBe(hashOf('\0'));
});
