import { describe, expect, it } from 'vitest';
import { answer, candidate, conversation, offer, pranswer, rollback } from './conversation.ts';

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

it('a refused or abandoned offer is no longer pending at its receiver', () => {
  const talk = established();
  const seq = talk.says('a', 'b', offer({ by: 'a', version: 2 }));
  expect(talk.side('b').pendingRemote?.seq).toBe(seq);
  talk.inside('b', { kind: 'apply', pc: 'a+b', op: 'remote', type: 'offer', ok: false, of: seq });
  expect(talk.side('b').pendingRemote).toBeUndefined();
});
