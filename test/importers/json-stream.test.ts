import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonReader, type Path } from '../../src/importers/json-stream.ts';

/** What is taken of a document of which everything is wanted, and what is wrong with it. */
function read(texts: Iterable<string>, longest?: number) {
  const taken: [Path, unknown][] = [];
  const take = (path: Path, value: unknown) => taken.push([path, value]);
  const reader = createJsonReader({ want: () => 'take', take }, longest);
  for (const text of texts) reader.write(text);
  const problem = reader.end();
  return { value: taken.at(-1)?.[1], problem: problem?.kind === 'problem' ? problem : undefined };
}

it('a whole document is read as JSON.parse reads it, however it is cut into pieces', () => {
  fc.assert(
    fc.property(fc.json(), fc.boolean(), (text, bom) => {
      const whole = { value: JSON.parse(text) as unknown, problem: undefined };
      const written = `${bom ? '\ufeff' : ''}${text}\n`;
      if (whole.value === null || typeof whole.value !== 'object') return;
      expect(read([written])).toEqual(whole);
      expect(read(written)).toEqual(whole);
    }),
  );
});

it('a member that is called like a prototype is a member', () => {
  const { value } = read(['{"__proto__":{"a":1}}']);
  expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
  expect((value as { a?: number }).a).toBeUndefined();
});

describe('what is not wanted', () => {
  it('is passed over, and members are looked at one by one', () => {
    const taken: [Path, unknown][] = [];
    const reader = createJsonReader({
      want: ([list, index]) =>
        list === undefined ? 'enter' : list !== 'a' ? 'skip' : index === undefined ? 'enter' : 'take',
      take: (path, value) => taken.push([path, value]),
    });
    reader.write('{"x":[1,{"a":2}],"a":[{"b":1},[2],3],"y":{"a":[4]}}');
    expect(reader.end()).toBeUndefined();
    expect(taken).toEqual([
      [['a', 0], { b: 1 }],
      [['a', 1], [2]],
      [['a', 2], 3],
    ]);
  });
});

describe('a cut document', () => {
  it.each([
    ['inside a string', '{"a":[{"b":1},{"c":"x,y', { a: [{ b: 1 }, {}] }],
    ['inside an escape', '{"a":[1,"\\', { a: [1] }],
    ['behind a comma', '{"a":[1,2,', { a: [1, 2] }],
    ['behind a colon', '{"a":1,"b":', { a: 1 }],
    ['inside a word', '[true,fal', [true]],
  ])('%s: what stands before is kept', (_, text, value) => {
    expect(read([text])).toMatchObject({ value, problem: { code: 'INPUT_CUT' } });
  });

  it('says where it breaks off', () => {
    for (const texts of [['{\n"a":[1,\n2,"x'], '{\n"a":[1,\n2,"x'])
      expect(read(texts).problem?.detail).toBe('the file breaks off at line 3, column 5; what stands before was read');
  });
});

describe('a damaged document', () => {
  it.each([
    ['{"a":1,\n"b" 2}', 'line 2, column 5', { a: 1 }],
    ['{"a":[1,2}', 'line 1, column 10', { a: [1, 2] }],
    ['[1,,2]', 'line 1, column 4', [1]],
    ['[1,}', 'line 1, column 4', [1]],
    ['{1:2}', 'line 1, column 2', {}],
    ['["ü",\u0001]', 'line 1, column 6', ['ü']],
    ['{"a":1}\n {"b":2}', 'line 2, column 2', { a: 1 }],
    ['[nul]', 'line 1, column 5', []],
  ])('%j is read up to %s', (text, place, value) => {
    expect(read([text])).toMatchObject({ value, problem: { code: 'INPUT_DAMAGED' } });
    expect(read([text]).problem?.detail).toContain(`damaged at ${place}`);
  });

  it('may have a string without end', () => {
    const { value, problem } = read(['[1,"', ...Array.from({ length: 30 }, () => 'x'.repeat(100)), '"]'], 1000);
    expect(value).toEqual([1]);
    expect(problem).toMatchObject({ code: 'INPUT_DAMAGED', detail: expect.stringContaining('line 1, column 3') });
  });
});

it('every prefix is read, to whatever depth', () => {
  fc.assert(fc.property(fc.json(), fc.nat(), (text, length) => void read([text.slice(0, length % (text.length + 1))])));
  expect(read(['['.repeat(100_000)]).problem).toMatchObject({ code: 'INPUT_CUT' });
});

it('an error of who takes is not swallowed', () => {
  const reader = createJsonReader({
    want: () => 'take',
    take() {
      throw new Error('mine');
    },
  });
  expect(() => reader.write('[]')).toThrow('mine');
});
