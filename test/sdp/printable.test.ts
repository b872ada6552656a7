import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/sdp/printable.ts';

describe('visible', () => {
  it.each([
    ['plain', 'plain'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u001b[31m', '\\x1b[31m'],
    ['\u202e\u200b', '\\u202e\\u200b'],
    ['\u{e0001}', '\\u{e0001}'],
    ['grün', 'grün'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it('keeps within the length and never shows half a character', () => {
    expect(visible('abcdef', 4)).toBe('abc…');
    expect(visible('ab😀d', 4)).toBe('ab…');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        const shown = visible(text, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
