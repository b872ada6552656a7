import { describe, expect, it } from 'vitest';
import { answer, bye, candidate, conversation, offer, pranswer, rollback } from './conversation.ts';

const STABLE = { a: 'stable', b: 'stable' };

function established() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  return talk;
}

describe('rounds', () => {
  it('an offer opens a round, its answer completes it', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    expect(talk.states()).toEqual({ a: 'have-local-offer', b: 'have-remote-offer' });
    const seq = talk.says('b', 'a', answer({ by: 'b' }));
    expect(talk.states()).toEqual(STABLE);
    expect(talk.session().rounds[0]).toMatchObject({ state: 'complete', cause: 'first', endedBy: seq });
    expect(talk.session().descriptions.map(({ status }) => status)).toEqual(['committed', 'committed']);
    expect(talk.side('a').currentLocal).toBe(talk.session().descriptions[0]);
  });

  it('an offer with new credentials is an ICE restart, one without a renegotiation', () => {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', answer({ by: 'b', version: 2, sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', offer({ by: 'b', version: 3, ufrag: 'b002', sections: ['audio 0', 'video 1'] }));
    expect(talk.rounds()).toEqual(['first complete', 'renegotiation complete', 'ice-restart open']);
  });

  it('a moved BUNDLE tag is no ICE restart', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', answer({ by: 'b', sections: ['audio 0', 'video 1'] }));
    talk.says('a', 'b', offer({ by: 'a', ufrag: 'a002', sections: ['audio 0 rejected', 'video 1'] }));
    expect(talk.rounds().at(-1)).toBe('renegotiation open');
  });

  it('a second offer of the same side supersedes the first', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', offer({ by: 'a', ufrag: 'a002', version: 2 }));
    talk.says('b', 'a', answer({ by: 'b' }));
    expect(talk.rounds()).toEqual(['first superseded', 'first complete']);
    expect(talk.side('a').generations.map(({ ufrag, state }) => `${ufrag} ${state}`)).toEqual([
      'a001 void',
      'a002 current',
    ]);
  });

  it('the same offer delivered twice stays one round', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    expect(talk.rounds()).toEqual(['first complete']);
    expect(talk.session().descriptions[1]).toMatchObject({ status: 'stray', number: 1 });
  });

  it('an answer delivered twice is stray and changes nothing', () => {
    const talk = established();
    talk.says('b', 'a', answer({ by: 'b' }));
    const [, first, second] = talk.session().descriptions;
    expect(second).toMatchObject({ status: 'stray', number: 1 });
    expect(second?.repeats).toBe(first);
    expect(talk.states()).toEqual(STABLE);
  });

  it('an answer that only fits a superseded offer is linked to that one, and the newer offer stays open', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', answer({ by: 'b' }));
    const late = talk.session().descriptions[2];
    expect(late).toMatchObject({ status: 'stray' });
    expect(late?.round?.number).toBe(1);
    expect(talk.rounds()).toEqual(['first superseded', 'first open']);
  });

  it('an answer that fits no offer still answers the open one', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b', sections: ['video 7'] }));
    expect(talk.rounds()).toEqual(['first complete']);
  });

  it('a provisional answer keeps the round open until the answer', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', pranswer({ by: 'b' }));
    expect(talk.states()).toEqual({ a: 'have-remote-pranswer', b: 'have-local-pranswer' });
    expect(talk.side('b').generations[0]?.state).toBe('current');
    talk.says('b', 'a', answer({ by: 'b', version: 2 }));
    expect(talk.states()).toEqual(STABLE);
    expect(talk.session().rounds[0]?.provisional[0]?.status).toBe('superseded');
  });

  it('a rollback message withdraws the own offer', () => {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2 }));
    const seq = talk.says('a', 'b', rollback);
    expect(talk.rounds()).toEqual(['first complete', 'renegotiation rolled-back']);
    expect(talk.session().rounds[1]?.endedBy).toBe(seq);
    expect(talk.states()).toEqual(STABLE);
  });

  it('a rollback by the receiver refuses the offer', () => {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2 }));
    talk.says('b', 'a', rollback);
    expect(talk.rounds().at(-1)).toBe('renegotiation rolled-back');
  });

  it('offers to several peers are rounds of their own sessions', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'c', offer({ by: 'a2' }));
    talk.says('c', 'a', answer({ by: 'c' }));
    expect(talk.rounds('a+b')).toEqual(['first open']);
    expect(talk.rounds('a+c')).toEqual(['first complete']);
  });
});

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

  it('an offer that nobody answered for a minute is no glare', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }), 0);
    talk.says('b', 'a', offer({ by: 'b' }), 61_000);
    expect(talk.session().glares).toEqual([]);
    expect(talk.rounds()).toEqual(['first failed', 'first open']);
    expect(talk.states()).toEqual({ a: 'have-remote-offer', b: 'have-local-offer' });
  });
});

describe('the base of comparison', () => {
  it('is the last committed offer, and the last committed description for transport', () => {
    const talk = established();
    talk.says('b', 'a', offer({ by: 'b', version: 2 }));
    talk.says('a', 'b', answer({ by: 'a', version: 2 }));
    talk.says('a', 'b', offer({ by: 'a', version: 3 }));
    const [first, , , answered, last] = talk.session().descriptions;
    expect(last?.base?.media).toBe(first);
    expect(last?.base?.transport).toBe(answered);
  });

  it('is never a superseded, rolled-back or unanswered offer', () => {
    const talk = established();
    talk.says('a', 'b', offer({ by: 'a', version: 2 }));
    talk.says('a', 'b', offer({ by: 'a', version: 3, sections: ['audio 0', 'video 1'] }));
    talk.says('a', 'b', rollback);
    talk.says('a', 'b', offer({ by: 'a', version: 4 }));
    expect(talk.session().descriptions.at(-1)?.base?.media).toBe(talk.session().descriptions[0]);
  });

  it('of a first answer of a side that has offered is that offer', () => {
    const talk = established();
    talk.says('b', 'a', offer({ by: 'b', version: 2 }));
    talk.says('a', 'b', answer({ by: 'a', version: 2 }));
    expect(talk.session().descriptions[3]?.base?.media).toBe(talk.session().descriptions[0]);
  });
});

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

describe('which peer connection', () => {
  it('after a bye a new offer on the same id is a new session', () => {
    const talk = established();
    talk.says('a', 'b', bye);
    expect(talk.states()).toEqual({ a: 'closed', b: 'closed' });
    talk.says('b', 'a', offer({ by: 'b2' }));
    expect(talk.rounds('a+b#2')).toEqual(['first open']);
    expect(talk.states('a+b#2')).toEqual({ b: 'have-local-offer', a: 'have-remote-offer' });
  });

  it('candidates that overtake the new call’s offer go with it', () => {
    const talk = established();
    talk.says('a', 'b', bye);
    talk.says('b', 'a', candidate('b002'));
    talk.says('b', 'a', offer({ by: 'b2', ufrag: 'b002' }));
    expect(talk.session('a+b#2').candidates[0]).toMatchObject({ early: true, pc: 'a+b#2' });
    expect(talk.session('a+b#2').candidates[0]?.generation?.ufrag).toBe('b002');
    expect(talk.session().candidates).toEqual([]);
  });

  it('an engine that closed begins anew with its next local offer', () => {
    const talk = established();
    talk.inside('a', { kind: 'state', pc: 'a+b', of: 'signaling', value: 'closed' });
    talk.inside('a', { kind: 'state', pc: 'a+b', of: 'signaling', value: 'have-local-offer' });
    talk.says('a', 'b', offer({ by: 'a2' }));
    expect(talk.session().closedBy).toBe(3);
    expect(talk.side('a', 'a+b#2').actual.signaling).toBe('have-local-offer');
    expect(talk.rounds('a+b#2')).toEqual(['first open']);
  });

  it('certificate, credentials and id new but the same sections: one side built a new peer connection', () => {
    const talk = established();
    talk.says('b', 'a', offer({ by: 'b2' }));
    expect(talk.rounds()).toEqual(['first complete', 'new-pc open']);
  });

  it('all new and sections from scratch: the old session is closed silently', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: ['audio 0', 'video 1'] }));
    talk.says('b', 'a', answer({ by: 'b', sections: ['audio 0', 'video 1'] }));
    talk.says('a', 'b', offer({ by: 'a2' }));
    expect(talk.session().closedBy).toBe(3);
    expect(talk.rounds('a+b#2')).toEqual(['new-pc open']);
  });

  it('an echo of the own offer is reflected, not glare', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', offer({ by: 'a' }));
    const [sent, echo] = talk.session().descriptions;
    expect(echo?.reflects).toBe(sent);
    expect(talk.session().glares).toEqual([]);
    expect(talk.rounds()).toEqual(['first open']);
  });

  it('a message to oneself says nothing about a session', () => {
    const talk = conversation();
    talk.says('a', 'a', offer({ by: 'a' }));
    expect(talk.model.sessions.size).toBe(0);
  });
});

describe('partial captures', () => {
  it('a first description that is an answer', () => {
    const talk = conversation();
    talk.says('b', 'a', answer({ by: 'b' }));
    expect(talk.session()).toMatchObject({ partial: true });
    expect(talk.session().descriptions[0]?.status).toBe('stray');
  });

  it('candidates long before any offer', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate('a001'), 0);
    talk.says('a', 'b', candidate('a001'), 6_000);
    expect(talk.session().partial).toBe(true);
  });

  it('candidates just before their offer are only early', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate('a001'));
    talk.says('a', 'b', offer({ by: 'a' }));
    expect(talk.session().partial).toBe(false);
  });

  it('a description that is none', () => {
    const talk = conversation();
    talk.says('a', 'b', { type: 'offer', sdp: '[redacted]' });
    expect(talk.session().partial).toBe(true);
  });
});
