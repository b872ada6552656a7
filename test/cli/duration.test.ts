import { expect, test } from 'vitest';
import { parseDuration } from '../../src/cli/duration.ts';

test.each([
  ['30s', 30_000],
  ['500ms', 500],
  ['2m', 120_000],
  ['1.5s', 1500],
  ['7', 7000],
  ['0', 0],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseDuration(text, '--timeout')).toBe(milliseconds);
});

test.each(['', 'soon', '-1s', '3h', '1e3', '99999999999'])("'%s' is no time", (text) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(/^--timeout: /);
});
