import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../src/core/filter.ts';
import { answer, candidate, conversation, offer } from './conversation.ts';

const talk = conversation();
talk.says('alice', 'bob', offer({ by: 'alice' }));
talk.says('alice', 'bob', candidate('alice001', '1'));
talk.says('bob', 'alice', answer({ by: 'bob' }));
talk.inside('bob', { kind: 'state', pc: 'alice+bob', of: 'ice', value: 'connected' });

const matches: [string, number[]][] = [
  ['', [1, 2, 3, 4]],
  ['offer', [1]],
  ['OFFER audio', [1]],
  ['kind:message', [1, 2, 3]],
  ['kind:candidate', [2]],
  ['from:alice', [1, 2]],
  ['from:ali', []],
  ['to:alice', [3]],
  ['link:app', []],
  ['mid:0', [1, 3]],
  ['mid:1', [2]],
  ['-kind:state', [1, 2, 3]],
  ['alice -candidate -answer', [1]],
  ['192.0.2.1:5000', [2]],
  ['connected', [4]],
  ['__proto__:x', []],
];
it.each(matches)('"%s" shows %j', (text, expected) => {
  const read = parseFilter(text);
  const filter = 'filter' in read ? read.filter : () => false;
  expect(talk.model.events.filter((event) => filter(talk.model, event)).map(({ seq }) => seq)).toEqual(expected);
});

it('tells connections apart', () => {
  const read = parseFilter('link:app-2');
  const [event] = talk.model.events;
  if (event === undefined || !('filter' in read)) throw new Error('no event, or no filter');
  expect(read.filter(talk.model, { ...event, link: 'app-2' })).toBe(true);
  expect(read.filter(talk.model, { ...event, link: 'app' })).toBe(false);
});

describe('mistakes point at their column', () => {
  const cases: [string, number, RegExp][] = [
    ['offer kind:', 12, /value is missing after "kind:"/],
    ['kind:offfer', 6, /no kind "offfer"/],
    ['a -kind:x', 9, /no kind "x"/],
    ['a - b', 3, /word is missing/],
  ];
  it.each(cases)('%s', (text, column, message) => {
    const read = parseFilter(text);
    expect('error' in read && read.error.column).toBe(column);
    expect('error' in read && read.error.message).toMatch(message);
  });
});
