import { describe, expect, it } from 'vitest';
import { answer, conversation, offer } from './conversation.ts';

const STABLE = { a: 'stable', b: 'stable' };

function established() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  return talk;
}

describe('glare', () => {
  function crossed() {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', offer({ by: 'b', version: 2, sections: ['audio 0', 'audio 2'] }));
    return talk;
  }

  it('both offers stay open', () => {
    const talk = crossed();
    expect(talk.states()).toEqual({ a: 'have-local-offer', b: 'have-local-offer' });
    expect(talk.session().glares[0]).toMatchObject({ outcome: 'open', since: 4 });
    expect(talk.session().rounds[1]?.glareWith).toBe(talk.session().rounds[2]);
  });

  it('the answerer has rolled its own offer back and is polite: the first offer wins', () => {
    const talk = crossed();
    const seq = talk.says('b', 'a', answer({ by: 'b', version: 3, sections: ['audio 0', 'video 1'] }));
    expect(talk.session().glares[0]).toMatchObject({ outcome: 'first-won', endedBy: seq });
    expect(talk.rounds()).toEqual(['first complete', 'renegotiation complete', 'glare rolled-back']);
    expect([talk.side('a').politeness, talk.side('b').politeness]).toEqual(['impolite', 'polite']);
    expect(talk.states()).toEqual(STABLE);
  });

  it('the mirror image: the second offer wins', () => {
    const talk = crossed();
    talk.says('a', 'b', answer({ by: 'a', version: 3, sections: ['audio 0', 'audio 2'] }));
    expect(talk.session().glares[0]?.outcome).toBe('second-won');
    expect(talk.side('a').politeness).toBe('polite');
  });

  it('both answer: nothing is agreed', () => {
    const talk = crossed();
    talk.says('b', 'a', answer({ by: 'b', version: 3, sections: ['audio 0', 'video 1'] }));
    talk.says('a', 'b', answer({ by: 'a', version: 3, sections: ['audio 0', 'audio 2'] }));
    expect(talk.session().glares[0]?.outcome).toBe('both-answered');
    expect(talk.rounds()).toEqual(['first complete', 'renegotiation failed', 'glare rolled-back']);
    expect(talk.side('a').committedOffer).toBe(talk.session().descriptions[0]);
  });

  it('a new offer instead of an answer is a retry and crosses again', () => {
    const talk = crossed();
    talk.says('a', 'b', offer({ by: 'a', version: 4, sections: ['audio 0', 'video 1'] }));
    expect(talk.session().glares.map(({ outcome }) => outcome)).toEqual(['retried', 'open']);
  });

  it('a rollback in the polite engine settles it before any answer', () => {
    const talk = crossed();
    talk.inside('b', { kind: 'apply', pc: 'a+b', op: 'local', type: 'rollback', ok: true });
    expect(talk.session().glares[0]?.outcome).toBe('first-won');
    expect(talk.states()).toEqual({ a: 'have-local-offer', b: 'have-remote-offer' });
  });

  it('an implicit rollback by setRemoteDescription settles it too', () => {
    const talk = crossed();
    talk.inside('a', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'offer', ok: true, of: 4 });
    expect(talk.session().glares[0]?.outcome).toBe('second-won');
  });

  it('a rollback of an offer that nobody has told yet takes nothing from the other side', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.inside('b', { kind: 'state', pc: 'a+b', of: 'signaling', value: 'have-local-offer' });
    talk.inside('b', { kind: 'apply', pc: 'a+b', op: 'local', type: 'rollback', ok: true });
    talk.says('b', 'a', offer({ by: 'b' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    expect(talk.rounds()).toEqual(['first complete', 'glare rolled-back']);
  });

  it('an offer that nobody answered for a minute is no glare', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }), 0);
    talk.says('b', 'a', offer({ by: 'b' }), 61_000);
    expect(talk.session().glares).toEqual([]);
    expect(talk.rounds()).toEqual(['first failed', 'first open']);
    expect(talk.states()).toEqual({ a: 'have-remote-offer', b: 'have-local-offer' });
  });
});
