import { expect, test } from 'vitest';
import { anOffer } from '../../src/rules/example.ts';
import { listedRids, negotiatesSimulcast, usableRids } from '../../src/rules/simulcast.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

function video(...lines: string[]): MSection {
  return parseSdp(anOffer(['video']) + lines.map((line) => `a=${line}\r\n`).join('')).media[0] as MSection;
}

test('rids are listed by direction, alternatives included', () => {
  const section = video('simulcast:send a,b;~c recv d');
  expect(listedRids(section, 'send')).toEqual(['a', 'b', 'c']);
  expect(listedRids(section, 'recv')).toEqual(['d']);
});

test.each([
  ['all have their line', ['rid:a send', 'rid:b send', 'simulcast:send a;b'], ['a', 'b']],
  ['one has none', ['rid:a send', 'simulcast:send a;b'], ['a']],
  ['one has that of the other direction', ['rid:a send', 'rid:b recv', 'simulcast:send a;b'], ['a']],
  ['one has two', ['rid:a send', 'rid:b send', 'rid:b send', 'simulcast:send a;b'], ['a']],
  ['one is in both lists', ['rid:a send', 'rid:b send', 'simulcast:send a;b recv b'], ['a']],
  ['no list', ['rid:a send'], []],
])('usable: %s', (_name, lines, usable) => {
  const section = video(...lines);
  expect(usableRids(section, 'send')).toEqual(usable);
  expect(negotiatesSimulcast(section)).toBe(usable.length > 0);
});
