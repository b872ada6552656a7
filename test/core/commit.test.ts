import { describe, expect, it } from 'vitest';
import { answer, conversation, offer } from './conversation.ts';

const STABLE = { a: 'stable', b: 'stable' };

function established() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  return talk;
}

describe('what an engine says corrects the belief', () => {
  const failed = { ok: false, error: { name: 'InvalidAccessError', message: 'no' } } as const;

  it('a refused offer is rejected and its round has failed', () => {
    const talk = established();
    const seq = talk.says('a', 'b', offer({ by: 'a', version: 2, ufrag: 'a002' }));
    talk.inside('b', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'offer', of: seq, ...failed });
    expect(talk.rounds().at(-1)).toBe('ice-restart failed');
    expect(talk.session().descriptions[2]?.status).toBe('rejected');
    expect(talk.states()).toEqual({ a: 'have-local-offer', b: 'stable' });
    expect(talk.side('a').generations[1]?.state).toBe('void');
  });

  it('a refused answer takes the commit back', () => {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2, ufrag: 'a002' }));
    talk.says('b', 'a', answer({ by: 'b', version: 2, ufrag: 'b002' }));
    talk.inside('a', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'answer', ...failed });
    expect(talk.rounds()).toEqual(['first complete', 'ice-restart failed']);
    expect(talk.states()).toEqual({ a: 'have-local-offer', b: 'stable' });
    expect(talk.side('a').committedOffer).toBe(talk.session().descriptions[0]);
    expect(talk.side('b').generations.map(({ state }) => state)).toEqual(['current', 'new']);
  });

  it('a refused duplicate of an answer changes nothing', () => {
    const talk = established();
    const seq = talk.says('b', 'a', answer({ by: 'b' }));
    talk.inside('a', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'answer', of: seq, ...failed });
    expect(talk.rounds()).toEqual(['first complete']);
    expect(talk.states()).toEqual(STABLE);
  });
});
