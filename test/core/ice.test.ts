import { describe, expect, it } from 'vitest';
import { answer, candidate, conversation, offer, rollback } from './conversation.ts';

const restarted = () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  talk.says('a', 'b', offer({ by: 'a', version: 2, ufrag: 'a002' }));
  return talk;
};

describe('generations', () => {
  it('open with the description, become current on commit, and obsolete the ones before', () => {
    const talk = restarted();
    const states = () => talk.side('a').generations.map(({ ufrag, state }) => `${ufrag} ${state}`);
    expect(states()).toEqual(['a001 current', 'a002 new']);
    talk.says('b', 'a', answer({ by: 'b', version: 2, ufrag: 'b002' }));
    expect(states()).toEqual(['a001 obsolete', 'a002 current']);
  });

  it('are void when their offer is rolled back', () => {
    const talk = restarted();
    talk.says('a', 'b', rollback);
    expect(talk.side('a').generations.map(({ state }) => state)).toEqual(['current', 'void']);
  });

  it('of sections are remembered once', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: ['audio 0', 'video 1', 'video 2 rejected'] }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1', 'video 3'] }));
    expect(talk.side('a').generations[0]?.mids).toEqual(['0', '1', '3']);
  });
});

describe('candidates', () => {
  const last = (talk: ReturnType<typeof conversation>) => talk.session().candidates.at(-1);

  it('belong to the generation of their ufrag member', () => {
    const talk = restarted();
    talk.says('a', 'b', candidate('a001'));
    expect(last(talk)?.generation?.ufrag).toBe('a001');
  });

  it('else to that of the ufrag inside the line', () => {
    const talk = restarted();
    const line = 'candidate:1 1 udp 1 192.0.2.1 5000 typ host generation 0 ufrag a001';
    talk.says('a', 'b', { type: 'candidate', candidate: line });
    expect(last(talk)?.generation?.ufrag).toBe('a001');
  });

  it('else to the newest of their section', () => {
    const talk = restarted();
    talk.says('a', 'b', candidate());
    expect(last(talk)?.generation?.ufrag).toBe('a002');
  });

  it('find their section by index', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', { type: 'candidate', candidate: candidate().candidate, mLine: 0 });
    expect(last(talk)?.generation?.ufrag).toBe('a001');
  });

  it('wait for the description that brings their credentials', () => {
    const talk = conversation();
    talk.says('a', 'b', candidate('a001'));
    expect(last(talk)).toMatchObject({ generation: undefined, early: true });
    talk.says('a', 'b', offer({ by: 'a' }));
    expect(last(talk)?.generation?.ufrag).toBe('a001');
    expect(talk.side('a').generations[0]?.candidates).toEqual([last(talk)]);
  });

  it('of an obsolete generation are stale', () => {
    const talk = restarted();
    talk.says('b', 'a', answer({ by: 'b', version: 2, ufrag: 'b002' }));
    talk.says('a', 'b', candidate('a001'));
    expect(last(talk)?.stale).toBe(true);
  });

  it('that do not parse are kept', () => {
    const talk = restarted();
    talk.says('a', 'b', { type: 'candidate', candidate: 'nonsense', mid: '0' });
    expect(last(talk)).toMatchObject({ candidate: undefined, text: 'nonsense' });
  });
});

describe('end of candidates', () => {
  it('without a section ends the newest generation', () => {
    const talk = restarted();
    const seq = talk.says('a', 'b', { type: 'end-of-candidates' });
    expect(talk.side('a').generations.map(({ endedBy }) => endedBy)).toEqual([undefined, seq]);
  });

  it('with a section ends that section only', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: ['audio 0', 'video 1'] }));
    const seq = talk.says('a', 'b', { type: 'candidate', candidate: '', mid: '1' });
    expect(talk.side('a').generations[0]).toMatchObject({ endedBy: undefined, ended: new Map([['1', seq]]) });
    expect(talk.session().candidates).toEqual([]);
  });

  it('is undone when the side describes the same credentials again', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('a', 'b', { type: 'end-of-candidates' });
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'video 1'] }));
    expect(talk.side('a').generations[0]?.endedBy).toBeUndefined();
  });
});
