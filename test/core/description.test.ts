import { expect, it } from 'vitest';
import { answer, conversation, offer, sdp } from './conversation.ts';

it('is parsed when asked, once', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  const [description] = talk.session().descriptions;
  expect(description?.sdp.media[0]?.mid?.value).toBe('0');
  expect(description?.sdp).toBe(description?.sdp);
});

it('repeats an earlier one of the same side and type only', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('a', 'b', { type: 'answer', sdp: sdp({ by: 'a' }) });
  const [first, , again, other] = talk.session().descriptions;
  expect(again?.repeats).toBe(first);
  expect(again?.number).toBe(1);
  expect(other?.repeats).toBeUndefined();
});

it('reflects the receiver’s own newest one', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'a' }));
  expect(talk.session().descriptions[1]).toMatchObject({ status: 'stray', round: undefined });
  expect(talk.session().descriptions[1]?.reflects).toBe(talk.session().descriptions[0]);
});
