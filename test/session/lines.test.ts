import { expect, it } from 'vitest';
import { createLineReader, isObject, type JsonLine } from '../../src/session/lines.ts';

function linesIn(texts: readonly string[], longest?: number): JsonLine[] {
  const lines: JsonLine[] = [];
  const reader = createLineReader((line) => lines.push(line), longest);
  for (const text of texts) reader.write(text);
  reader.end();
  return lines;
}

const TEXT = '\ufeff{"a":1}\r\n\n \n{"b":2}\n';

it('numbers lines from 1, blank ones counted but not given', () => {
  expect(linesIn([TEXT]).map(({ number, text }) => [number, text])).toEqual([
    [1, '{"a":1}'],
    [4, '{"b":2}'],
  ]);
});

it('does not care how the text is cut into pieces', () => {
  expect(linesIn([...TEXT])).toEqual(linesIn([TEXT]));
});

it('reads objects, and nothing else', () => {
  expect(linesIn(['{"a":1}\n[1]\nnull\n"x"\n{"a"']).map(({ object }) => object)).toEqual([
    { a: 1 },
    ...Array.from({ length: 4 }, () => undefined),
  ]);
});

it('marks the line that may have been cut', () => {
  expect(linesIn(['{}\n{']).map(({ last }) => last)).toEqual([false, true]);
  expect(linesIn(['{}\n']).map(({ last }) => last)).toEqual([false]);
});

it('keeps only the beginning of a line without end, and goes on behind it', () => {
  const [long, next] = linesIn(['{"a":"', 'x'.repeat(3000), 'x'.repeat(3000), '"}\n{}\n'], 5000);
  expect(long).toMatchObject({ number: 1, tooLong: true, object: undefined });
  expect(long?.text).toHaveLength(1000);
  expect(next).toMatchObject({ number: 2, object: {} });
});

it('does not read what nobody could write again', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}\n`;
  expect(linesIn([nested(100) + nested(300) + nested(100_000)]).map(({ tooDeep }) => tooDeep)).toEqual([
    undefined,
    true,
    true,
  ]);
});

it.each([
  [{}, true],
  [[], false],
  [null, false],
  ['x', false],
])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});
