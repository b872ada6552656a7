import { expect, it } from 'vitest';
import { newLevel, unreadable } from '../../../src/sdp/attributes/level.ts';
import { encodingOf } from '../../../src/sdp/codec.ts';
import type { SdpProblem } from '../../../src/sdp/sdp.ts';

it('gives each level lists of its own', () => {
  const first = newLevel();
  first.attributes.push({ name: 'mid', value: '0', line: 1 });
  first.rtpmaps.set('0', { encoding: encodingOf('PCMU', 8000, 1), line: 2 });
  expect(newLevel()).toMatchObject({ attributes: [], rtpmaps: new Map(), mid: undefined });
});

it('names the attribute, the line and what was expected', () => {
  const problems: SdpProblem[] = [];
  unreadable(problems, 'extmap', 7, 'an id');
  expect(problems).toEqual([{ code: 'bad-extmap', message: 'a=extmap cannot be read: expected an id.', line: 7 }]);
});
