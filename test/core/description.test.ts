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

it('repeats an earlier one among those that begin alike and are as long', () => {
  const talk = conversation();
  const texts = ['1', '2', '3', '2', '1', '3'].map((pwd) => sdp({ by: 'a' }).replace(/(a=ice-pwd:.*)./, `$1${pwd}`));
  for (const text of texts) talk.says('a', 'b', { type: 'offer', sdp: text });
  const { descriptions } = talk.session();
  const repeated = descriptions.map(({ repeats }) => (repeats === undefined ? -1 : descriptions.indexOf(repeats)));
  expect(new Set(texts).size).toBe(3);
  expect(repeated).toEqual([-1, -1, -1, 1, 0, 2]);
});

it('reflects the receiver’s own newest one', () => {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'a' }));
  expect(talk.session().descriptions[1]).toMatchObject({ status: 'stray', round: undefined });
  expect(talk.session().descriptions[1]?.reflects).toBe(talk.session().descriptions[0]);
});
