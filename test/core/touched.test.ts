import { describe, expect, it } from 'vitest';
import { touchedBy } from '../../src/core/touched.ts';
import { bye, candidate, conversation, offer } from './conversation.ts';

describe('the sessions an event speaks about', () => {
  it('are those of its signals, and of a renewed one the new one', () => {
    const talk = conversation();
    const names = () => {
      const last = talk.model.events.at(-1);
      return last && touchedBy(talk.model, last).map(({ pc }) => pc);
    };
    talk.says('a', 'b', offer({ by: 'a' }));
    const [first = ''] = names() ?? [];
    expect(names()).toEqual([first]);
    talk.says('a', 'b', candidate('a001'));
    expect(names()).toEqual([first]);
    talk.says('a', 'b', bye);
    expect(names()).toEqual([first]);
    talk.says('a', 'b', offer({ by: 'a2' }));
    expect(names()).toEqual([`${first}#2`]);
  });

  it('are none where nothing is said of one', () => {
    const talk = conversation();
    talk.says('a', 'b', offer({ by: 'a' }));
    const mark = { seq: 9, t: 9, from: 'a', to: 'a', kind: 'mark', text: 'here' } as const;
    expect(touchedBy(talk.model, mark)).toEqual([]);
  });
});
