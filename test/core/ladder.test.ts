import { expect, it } from 'vitest';
import { ladderRow } from '../../src/core/ladder.ts';
import { bye, candidate, conversation, offer } from './conversation.ts';

function rows(talk: ReturnType<typeof conversation>) {
  return talk.model.events.slice().map((event) => ladderRow(talk.model, event));
}

it('gives lanes and direction by the order in which the parties appeared', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', candidate('b001'));
  talk.inside('b', { kind: 'state', pc: 'a+b', of: 'ice', value: 'checking' });
  talk.says('', 'a', { type: 'other', label: 'x' });
  expect(rows(talk).map(({ lanes, arrow }) => [...lanes, arrow])).toEqual([
    [0, 1, 'right'],
    [1, 0, 'left'],
    [1, 1, 'self'],
    [2, 0, 'none'],
  ]);
});

it('colours by meaning, and a refusal or failure before anything else', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('a', 'b', candidate('a001'));
  talk.inside('b', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'offer', ok: false, of: 1 });
  talk.inside('a', { kind: 'state', pc: 'a+b', of: 'ice', value: 'failed' });
  talk.inside('a', { kind: 'call', pc: 'a+b', name: 'createOffer' });
  talk.inside('a', { kind: 'action', action: { do: 'offer' } });
  talk.says('a', 'b', bye);
  expect(rows(talk).map(({ tone, weight }) => `${tone} ${weight}`)).toEqual([
    'problem strong',
    'candidate faint',
    'problem strong',
    'problem strong',
    'state faint',
    'action normal',
    'bye strong',
  ]);
});
