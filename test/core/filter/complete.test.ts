import { expect, test } from 'vitest';
import { complete, vocabularyOf } from '../../../src/core/filter/complete.ts';
import { answer, conversation, offer } from '../conversation.ts';

const talk = conversation();
talk.says('alice', 'bob', offer({ by: 'alice' }));
talk.says('bob', 'alice', answer({ by: 'bob' }));
const vocabulary = vocabularyOf(talk.model, ['mine'], ['answer-mline-mismatch']);
const offered = (text: string) => complete(text, vocabulary).options.map((option) => option.text);

test.each([
  ['off', ['offer']],
  ['kind:an', ['answer']],
  ['-kind:an', ['answer']],
  ['offer from:', ['alice', 'bob']],
  ['(to:a', ['alice']],
  ['codec:o', ['opus']],
  ['offer[mid:', ['0']],
  ['finding:e', ['error']],
  ['finding:answer', ['answer-mline-mismatch']],
  ['@', ['@mine']],
  ['dire', ['direction:']],
  ['direction:', ['c2s', 's2c']],
  ['nothing:', []],
  ['from:alice', []],
])('"%s" can become %j', (text, options) => {
  expect(offered(text).slice(0, 3)).toEqual(options);
});

test('an empty filter offers everything, and says what it means', () => {
  const { at, options } = complete('', vocabulary);
  expect(at).toBe(0);
  expect(options.find(({ text }) => text === 'codec:')?.help).toBe('a codec in a description');
});

test('the completed word begins where it is typed', () => {
  expect(complete('offer -from:al', vocabulary).at).toBe(12);
});
