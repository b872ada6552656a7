import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter, underlined } from '../../src/core/filter.ts';
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
  ['kind:offer,answer', [1, 3]],
  ['description', [1, 3]],
  ['negotiation', [1, 2, 3]],
  ['from:alice', [1, 2]],
  ['from:ali', []],
  ['from~ali', [1, 2]],
  ['from:ali*', [1, 2]],
  ['from!=alice', [3, 4]],
  ['to:alice', [3]],
  ['party:bob', [1, 2, 3, 4]],
  ['link:app', []],
  ['pc:alice+bob', [1, 2, 3, 4]],
  ['mid:0', [1, 3]],
  ['mid:1', [2]],
  ['codec:opus', [1, 3]],
  ['codec:vp9', []],
  ['candidate[host]', [2]],
  ['candidate[relay]', []],
  ['candidate[host, mid=1, udp]', [2]],
  ['offer[mid=1]', []],
  ['type:host', [2]],
  ['address:192.0.2.1', [2]],
  ['ice:1', [1, 2, 3]],
  ['ice:restart', []],
  ['round:1', [1, 3]],
  ['#3', [3]],
  ['seq:2..3', [2, 3]],
  ['seq>=3', [3, 4]],
  ['seq<3', [1, 2]],
  ['time>=0', [1, 2, 3, 4]],
  ['time>1h', []],
  ['bytes:0', [1, 2, 3]],
  ['bytes>1kB', []],
  ['-kind:state', [1, 2, 3]],
  ['not kind:state', [1, 2, 3]],
  ['!state', [1, 2, 3]],
  ['alice -candidate -answer', [1]],
  ['offer or answer', [1, 3]],
  ['offer or answer and from:alice', [1]],
  ['(offer or answer) and from:bob', [3]],
  ['not (offer or answer)', [2, 4]],
  ['192.0.2.1:5000', [2]],
  ['"end of candidates"', []],
  ['text:m=audio', [1, 3]],
  ['raw:zebra', []],
  ['connected', [4]],
  ['finding:any', [3]],
  ['finding:error', [3]],
  ['finding:ice-*', [3]],
  ['rule:ice-restart-ignored', [3]],
  ['@mine', [1, 3]],
  ['__proto__:x', []],
];
const saved = { mine: 'offer or @other', other: 'answer', loop: '@loop' };
const found = (seq: number) => (seq === 3 ? [{ rule: 'ice-restart-ignored', severity: 'error' }] : []);
it.each(matches)('"%s" shows %j', (text, expected) => {
  const read = parseFilter(text, { saved });
  const filter = 'filter' in read ? read.filter : () => false;
  expect('error' in read && read.error).toBe(false);
  expect(
    talk.model.events
      .slice()
      .filter((event) => filter(talk.model, event, found))
      .map(({ seq }) => seq),
  ).toEqual(expected);
});

it('tells connections apart', () => {
  const read = parseFilter('link:app-2');
  const [event] = talk.model.events;
  if (event === undefined || !('filter' in read)) throw new Error('no event, or no filter');
  expect(read.filter(talk.model, { ...event, link: 'app-2' })).toBe(true);
  expect(read.filter(talk.model, { ...event, link: 'app' })).toBe(false);
  const sent = parseFilter('c2s');
  if ('error' in sent || event.kind !== 'message') throw new Error('no filter of a message');
  const ways = [undefined, 'c2s', 's2c'] as const;
  expect(ways.map((dir) => sent.filter(talk.model, { ...event, ...(dir && { dir }) }))).toEqual([false, true, false]);
});

describe('mistakes point at their column', () => {
  const cases: [string, number, RegExp][] = [
    ['offer kind:', 12, /value is missing after "kind:"/],
    ['kind:offfer', 6, /no kind "offfer"; did you mean offer/],
    ['kind:offer,anwser', 12, /did you mean answer/],
    ['a -kind:x', 9, /no kind "x"/],
    ['a -', 4, /word is missing after "-"/],
    ['offer and', 10, /word is missing after "and"/],
    ['or offer', 1, /word is missing before "or"/],
    ['(offer', 1, /not closed/],
    ['offer)', 6, /closes none/],
    ['candidate[relay', 10, /bracket is not closed/],
    ['"offer', 1, /quote is not closed/],
    ['offr[mid=1]', 1, /no kind "offr"; did you mean offer/],
    ['offer frm:bob', 7, /no field "frm"; did you mean from/],
    ['codecs:opus', 1, /did you mean codec/],
    ['offer[kind:x]', 12, /no kind "x"/],
    ['offer[]', 7, /nothing in these brackets/],
    ['time>soon', 6, /"soon" is no time/],
    ['seq:x..y', 5, /is no number/],
    ['ice:x', 5, /is no number .* nor restart or stale/],
    ['from>3', 6, /from is no number/],
    ['@nothing', 1, /no filter is saved as "nothing"; there are mine, other, loop/],
    ['offer @loop', 7, /saved filter "loop"/],
    [`${'('.repeat(5000)}`, 4000, /longer than/],
  ];
  it.each(cases)('%s', (text, column, message) => {
    const read = parseFilter(text, { saved });
    expect('error' in read && read.error.column).toBe(column);
    expect('error' in read && read.error.message).toMatch(message);
  });
});

it('shows the fault under the text', () => {
  const read = parseFilter('offer kind:offfer');
  const text = 'error' in read ? underlined('offer kind:offfer', read.error) : '';
  expect(text.split('\n')).toEqual(['offer kind:offfer', `${' '.repeat(11)}^^^^^^`]);
});

it('never throws, and points into the text or right behind it', () => {
  const words = fc.constantFrom(
    'offer',
    'kind:',
    'and',
    'or',
    'not',
    '(',
    ')',
    '[',
    ']',
    '"',
    '-',
    '@mine',
    'time>',
    '1s..',
    ',',
    ' ',
    '!=',
    '#3',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ maxLength: 4 })), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const read = parseFilter(text, { saved });
      if ('error' in read) {
        expect(read.error.column).toBeGreaterThan(0);
        expect(read.error.column).toBeLessThanOrEqual(text.length + 1);
      } else for (const event of talk.model.events) read.filter(talk.model, event, found);
    }),
  );
});

it('takes a text with a colon for a text, where it is no slip of the keys', () => {
  for (const text of ['a=mid:0', 'candidate:1', 'https://x', 'm=audio', '"frm:bob"'])
    expect(parseFilter(text), text).not.toHaveProperty('error');
});
