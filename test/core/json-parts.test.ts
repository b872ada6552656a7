import { expect, test } from 'vitest';
import { listParts } from '../../src/core/json-parts.ts';

test.each([[[]], [['a']], [['a', 'b', 'c']]])(
  'the parts of %j are an array, one of them a member',
  (values: string[]) => {
    const parts = [...listParts('[', values, (value) => ({ value }))];
    expect(parts).toHaveLength(1 + values.length);
    expect(JSON.parse(`${parts.join('')}]`)).toEqual(values.map((value) => ({ value })));
  },
);
