import { expect, test } from 'vitest';
import { isMasked } from '../../src/rules/masked.ts';

test.each(['***', '*', 'abc**', 'xxxx', 'XX:XX:XX', 'x.x.x.x', '[redacted]', '<removed>', 'REDACTED', '••••', 'aUf…'])(
  'masked: %s',
  (value) => {
    expect(isMasked(value)).toBe(true);
  },
);

test.each(['', 'aUf1', 'ab*cd', '+/+/', 'A1:02:03', '192.0.2.1', 'x', 'secrets'])('not masked: %j', (value) => {
  expect(isMasked(value)).toBe(false);
});
