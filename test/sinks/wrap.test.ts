import { describe, expect, test } from 'vitest';
import { wrap } from '../../src/sinks/wrap.ts';

describe('wrap', () => {
  test.each<[string, [string, number, string?], string[]]>([
    ['keeps what fits', ['one two', 7], ['one two']],
    ['breaks at spaces', ['one two three', 7], ['one two', 'three']],
    ['never breaks a word', ['a candidate:1234567890 b', 5], ['a', 'candidate:1234567890', 'b']],
    ['indents all lines but the first', ['one two three', 7, '  '], ['one two', '  three']],
    ['keeps leading spaces', ['  one two', 5, '    '], ['  one', '    two']],
    ['counts columns, not characters', ['日本 語', 6], ['日本', '語']],
    ['nothing is one empty line', ['', 10], ['']],
  ])('%s', (_, args, lines) => {
    expect(wrap(...args)).toEqual(lines);
  });

  test('loses no word and keeps to the width where words are short', () => {
    const text = 'the quick brown fox jumps over the lazy dog '.repeat(50).trim();
    const lines = wrap(text, 30, '  ');
    expect(lines.map((line) => line.trim()).join(' ')).toBe(text);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  });
});
