import { describe, expect, it } from 'vitest';
import { agreementOf, completedBefore, effectsOf } from '../../src/core/settled.ts';
import { answer, conversation, offer, rollback } from './conversation.ts';

describe('what a round settled', () => {
  it('is nothing before its answer, and then always the same object', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    const [round] = talk.session().rounds;
    expect(round && agreementOf(round)).toBeUndefined();
    talk.says('b', 'a', answer({ by: 'b' }));
    const agreement = round && agreementOf(round);
    expect(agreement?.parties).toEqual({ offerer: 'a', answerer: 'b' });
    expect(round && agreementOf(round)).toBe(agreement);
  });

  it('is compared with the last round that was completed, not with one that was taken back', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
    talk.says('a', 'b', rollback);
    talk.says('a', 'b', offer({ by: 'a', version: 3, sections: ['audio 0', 'application 1'] }));
    talk.says('b', 'a', answer({ by: 'b', version: 2, sections: ['audio 0', 'application 1'] }));
    const [first, taken, last] = talk.session().rounds;
    expect([first, taken, last].map((round) => round?.state)).toEqual(['complete', 'rolled-back', 'complete']);
    expect(last && completedBefore(talk.model, last)).toBe(first);
    expect(taken && effectsOf(talk.model, taken)).toBeUndefined();
    expect(last && effectsOf(talk.model, last)).toEqual([
      expect.objectContaining({ mid: '1', class: 'section-added' }),
    ]);
  });
});
