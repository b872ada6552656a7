import { expect, test } from 'vitest';
import { anOffer, edit } from '../../src/rules/example.ts';
import { nameOf, namesOf, whose } from '../../src/rules/naming.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const { media } = parseSdp(anOffer(['audio', 'video', 'data', 'audio', 'video']));

test('a section is named by kind and mid, without one by its index', () => {
  expect(media.slice(0, 1).map(nameOf)).toEqual(["audio '0'"]);
  expect(parseSdp(edit(anOffer(), ['a=mid:0\r\n', ''])).media.map(nameOf)).toEqual(['audio at index 0']);
});

test.each([
  [0, ''],
  [1, "audio '0'"],
  [2, "audio '0' and video '1'"],
  [3, "audio '0', video '1' and application '2'"],
  [5, "audio '0', video '1', application '2' and 2 more"],
])('%i sections in a row', (count, text) => {
  expect(namesOf(media.slice(0, count))).toBe(text);
});

test('wire text in names is made visible', () => {
  expect(whose({ from: 'a\u001b[31m', type: 'offer' })).toBe("a\\x1b[31m's offer");
});
