import { describe, expect, it } from 'vitest';
import { changesOf } from '../../src/core/changes.ts';
import { answer, conversation, offer } from './conversation.ts';

const AV = ['audio 0', 'video 1'];

/** The classes of the changes of the last description. */
function last(talk: ReturnType<typeof conversation>): string[] {
  const description = talk.session().descriptions.at(-1);
  return description === undefined ? ['no description'] : changesOf(description).map((change) => change.class);
}

describe('changes', () => {
  it('of a first offer are none', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    expect(last(talk)).toEqual([]);
  });

  it('are counted from the last committed offer, not from one that was superseded', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: AV }));
    talk.says('a', 'b', offer({ by: 'a', version: 3, sections: AV }));
    expect(last(talk)).toEqual(['section-added']);
  });

  it('of the answerer’s first own offer are none where it says more than its answer did', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('b', 'a', offer({ by: 'b', version: 2 }));
    expect(last(talk)).toEqual([]);
  });

  it('of an answer by the former offerer are those of its transport', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    talk.says('b', 'a', answer({ by: 'b' }));
    talk.says('b', 'a', offer({ by: 'b', version: 2, ufrag: 'b002' }));
    talk.says('a', 'b', answer({ by: 'a', version: 2, ufrag: 'a002' }));
    expect(last(talk)).toEqual(['ice-restart']);
  });

  it('recycle an m-line that the answer rejected', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a', sections: AV }));
    talk.says('b', 'a', answer({ by: 'b', sections: ['audio 0', 'video 1 rejected'] }));
    talk.says('a', 'b', offer({ by: 'a', version: 2, sections: ['audio 0', 'audio 2'] }));
    expect(last(talk)).toEqual(['section-recycled']);
  });

  it('are computed once', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    const [description] = talk.session().descriptions;
    expect(description && changesOf(description)).toBe(description && changesOf(description));
  });
});
