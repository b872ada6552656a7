import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLines, splitLines } from '../../src/sdp/lines.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const cases: [string, string, [string, string][]][] = [
  ['empty text', '', []],
  [
    'CRLF',
    'v=0\r\ns=-\r\n',
    [
      ['v=0', '\r\n'],
      ['s=-', '\r\n'],
    ],
  ],
  [
    'LF',
    'v=0\ns=-\n',
    [
      ['v=0', '\n'],
      ['s=-', '\n'],
    ],
  ],
  [
    'bare CR',
    'v=0\rs=-\r',
    [
      ['v=0', '\r'],
      ['s=-', '\r'],
    ],
  ],
  [
    'mixed',
    'a\r\nb\nc\rd\r\r\n',
    [
      ['a', '\r\n'],
      ['b', '\n'],
      ['c', '\r'],
      ['d', '\r'],
      ['', '\r\n'],
    ],
  ],
  [
    'no final line end',
    'v=0\r\ns=-',
    [
      ['v=0', '\r\n'],
      ['s=-', ''],
    ],
  ],
  [
    'blank lines',
    '\n\nv=0\n\n',
    [
      ['', '\n'],
      ['', '\n'],
      ['v=0', '\n'],
      ['', '\n'],
    ],
  ],
  ['unicode separators are text', 'a\u2028b\u0085c\n', [['a\u2028b\u0085c', '\n']]],
];

describe('splitLines', () => {
  it.each(cases)('%s', (_name, text, expected) => {
    const lines = splitLines(text);
    expect(lines.map((line) => [line.text, line.eol])).toEqual(expected);
    expect(lines.map((line) => line.number)).toEqual(expected.map((_line, index) => index + 1));
  });

  it('rejoins every text byte for byte', () => {
    const text = fc.string({ unit: fc.constantFrom('\r', '\n', 'a', '=', ' ', '\u2028', '\ud800') });
    fc.assert(fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (t) => joinLines(splitLines(t)) === t));
  });

  it('splits as the pattern of line ends does', () => {
    const text = fc.string({ unit: fc.constantFrom('\r', '\n', 'a', 'b') });
    const expected = (t: string) => t.split(/\r\n|\n|\r/).slice(0, /[^\r\n]$/.test(t) ? undefined : -1);
    const check = (t: string): void => expect(splitLines(t).map((line) => line.text)).toEqual(expected(t));
    fc.assert(fc.property(text, (t) => void check(t)));
  });

  it('leaves no line end inside a line', () => {
    const text = fc.string({ unit: fc.constantFrom('\r', '\n', 'a') });
    fc.assert(fc.property(text, (t) => splitLines(t).every((line) => !/[\r\n]/.test(line.text))));
  });

  it.each(fixtureNames)('rejoins %s', (name) => {
    expect(joinLines(splitLines(fixture(name)))).toBe(fixture(name));
  });
});
