import { describe, expect, it } from 'vitest';
import { HEAD, M, problems, section } from '../text.ts';

describe('the dispatch table', () => {
  it('keeps repeated and unknown attributes; the last of a single one counts', () => {
    const read = section('a=setup:active', 'a=x-new:1', 'a=setup:passive');
    expect(read.attributes.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'setup active',
      'x-new 1',
      'setup passive',
    ]);
    expect(read.ownDtls.setup).toEqual({ value: 'passive', line: 8 });
  });

  it('does not take names of Object.prototype for attributes', () => {
    expect(section('a=constructor:1', 'a=__proto__:2').attributes).toHaveLength(2);
  });

  const unreadable: [string, string[], string[]][] = [
    ['an attribute without name', [...HEAD, M, 'a='], ['6 attribute-name']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
