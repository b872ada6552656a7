import { describe, expect, it } from 'vitest';
import { answer, bye, candidate, conversation, offer } from './conversation.ts';

function established() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  return talk;
}

describe('which peer connection', () => {
  it('after a bye a new offer on the same id is a new session', () => {
    const talk = established();
    talk.says('a', 'b', bye);
    expect(talk.states()).toEqual({ a: 'closed', b: 'closed' });
    talk.says('b', 'a', offer({ by: 'b2' }));
    expect(talk.rounds('a+b#2')).toEqual(['first open']);
    expect(talk.states('a+b#2')).toEqual({ b: 'have-local-offer', a: 'have-remote-offer' });
  });

  it('knows which is the newest, and which is the newest that is not closed', () => {
    const talk = established();
    const newest = () => [talk.model.newest?.pc, talk.model.alive.at(-1)?.pc];
    expect(newest()).toEqual(['a+b', 'a+b']);
    talk.says('a', 'c', offer({ by: 'a' }));
    expect(newest()).toEqual(['a+c', 'a+c']);
    talk.says('a', 'b', bye);
    expect(newest()).toEqual(['a+c', 'a+c']);
    talk.says('a', 'c', bye);
    expect([newest(), talk.model.alive]).toEqual([['a+c', undefined], []]);
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
