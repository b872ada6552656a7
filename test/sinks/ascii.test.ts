import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesToAscii, toAscii } from '../../src/sinks/ascii.ts';

test('our own typography is spelled out, the rest becomes a question mark', () => {
  expect(toAscii('offer · 1 → 2 …日')).toBe('offer - 1 -> 2 ...?');
});

test('lines and their colours stay', () => {
  expect(linesToAscii('\u001b[31ma → b\u001b[39m\n…é\n')).toBe('\u001b[31ma -> b\u001b[39m\n...?\n');
});

test('nothing but printable ASCII is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(toAscii(text)).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});
