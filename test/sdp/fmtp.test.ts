import { describe, expect, it } from 'vitest';
import { fmtpValue, parseParameters } from '../../src/sdp/fmtp.ts';

describe('parseParameters', () => {
  const cases: [string, string, [string, string][]][] = [
    [
      'a list',
      'minptime=10;useinbandfec=1',
      [
        ['minptime', '10'],
        ['useinbandfec', '1'],
      ],
    ],
    [
      'blanks and a final separator',
      ' a = 1 ; b=2;',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['keys without case, values with', 'Profile-Level-Id=42E01F', [['profile-level-id', '42E01F']]],
    ['= inside the value', 'sprop-parameter-sets=Z0I=,aM4=', [['sprop-parameter-sets', 'Z0I=,aM4=']]],
    ['bare tokens', '0-15', [['0-15', '']]],
    ['an empty value', 'a=', [['a', '']]],
    ['nothing', ' ; ;', []],
    [
      'repeated keys',
      'a=1;a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
  ];
  it.each(cases)('%s', (_name, text, expected) => {
    expect(parseParameters(text).map(({ key, value }) => [key, value])).toEqual(expected);
  });
});

it('finds the first value over several lines', () => {
  const lines = [{ parameters: parseParameters('a=1') }, { parameters: parseParameters('apt=96;a=2') }];
  expect([fmtpValue(lines, 'a'), fmtpValue(lines, 'apt'), fmtpValue(lines, 'b')]).toEqual(['1', '96', undefined]);
});
