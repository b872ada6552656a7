import { describe, expect, it } from 'vitest';
import { answer, conversation, offer, rollback } from './conversation.ts';

function established() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  return talk;
}

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
