import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import { readWholeOrCut } from '../../src/importers/cut-json.ts';

it('a whole document is read as it is, also behind a byte order mark', () => {
  expect(readWholeOrCut('\ufeff{"a":[1]}', 'HAR')).toEqual({ value: { a: [1] }, problem: undefined });
});

it.each([
  ['inside a string', '{"a":[{"b":1},{"c":"x,y', { a: [{ b: 1 }] }],
  ['inside an escape', '{"a":[1,"\\', { a: [1] }],
  ['behind a comma', '{"a":[1,2,', { a: [1, 2] }],
  ['behind a colon', '{"a":1,"b":', { a: 1 }],
  ['inside a word', '[true,fal', [true]],
])('what stands before a cut %s is kept', (_, text, value) => {
  expect(readWholeOrCut(text, 'HAR').value).toEqual(value);
});

it('tells where the file breaks off', () => {
  expect(readWholeOrCut('{\n"a":[1,\n2,"x', 'HAR').problem).toMatchObject({
    code: 'INPUT_CUT',
    detail: 'the file breaks off at line 3, column 5; what stands before was read',
  });
});

it('a document that is damaged inside is refused', () => {
  expect(() => readWholeOrCut('{"a": 1 "b": 2}', 'HAR')).toThrow(
    expect.objectContaining({
      code: 'INPUT_UNREADABLE',
      message: expect.stringMatching(/^The HAR is damaged at line 1/),
    }),
  );
});

it('every prefix of a document is read or refused', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, length) => {
      try {
        readWholeOrCut(text.slice(0, length % (text.length + 1)), 'HAR');
      } catch (error) {
        expect(error).toBeInstanceOf(RenegoError);
      }
    }),
  );
});
