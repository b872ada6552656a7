import { expect, test } from 'vitest';
import { isEndLine, isOddEnd } from '../../src/rules/end-of-candidates.ts';

test.each(['a=end-of-candidates', 'end-of-candidates', 'candidate:end-of-candidates\r\n'])(
  'the SDP line: %j',
  (text) => {
    expect(isEndLine(text)).toBe(true);
    expect(isOddEnd(text)).toBe(true);
  },
);

test.each(['null', 'undefined', ' null '])('a word for nothing: %j', (text) => {
  expect(isEndLine(text)).toBe(false);
  expect(isOddEnd(text)).toBe(true);
});

test.each(['', 'candidate:1 1 udp 1 192.0.2.1 70 typ host', 'nullified'])('neither: %j', (text) => {
  expect(isOddEnd(text)).toBe(false);
});
