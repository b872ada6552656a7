import { describe, expect, it } from 'vitest';
import { lineProblem, startOf } from '../../src/importers/importer.ts';

describe('the start of a capture', () => {
  const cases: [string, unknown[], number, string][] = [
    ['times from zero stay', [12, 40], 0, '1970-01-01T00:00:00.000Z'],
    ['dates are counted from the first', [undefined, 1_795_247_554_000], 1_795_247_554_000, '2026-11-21T07:52:34.000Z'],
    ['nonsense counts as none', ['x', Number.POSITIVE_INFINITY, 1e300], 0, '1970-01-01T00:00:00.000Z'],
    ['nothing', [], 0, '1970-01-01T00:00:00.000Z'],
  ];
  it.each(cases)('%s', (_, times, epoch, startedAt) => expect(startOf(times)).toEqual({ startedAt, epoch }));
});

it('a line that cannot be read keeps its text', () => {
  expect(lineProblem({ number: 3, text: '{"', object: undefined, last: true }, 'is not a JSON object')).toEqual({
    from: '',
    to: '',
    kind: 'problem',
    code: 'INPUT_LINE',
    detail: 'line 3 is not a JSON object',
    raw: '{"',
  });
});
