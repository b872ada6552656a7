import { expect, it } from 'vitest';
import { label } from '../../src/core/label.ts';
import { news, newsInTime, telling } from '../../src/core/news.ts';
import { answer, conversation, offer } from './conversation.ts';

/** A call whose second offer restarts ICE, with that offer. */
function restarted() {
  const talk = conversation();
  talk.says('a', 'b', offer({ by: 'a' }));
  talk.says('b', 'a', answer({ by: 'b' }));
  talk.says('a', 'b', offer({ by: 'a', version: 2, ufrag: 'a002' }));
  const description = talk.model.described.get(3)?.[0];
  if (description === undefined) throw new Error('event 3 is no description');
  return { model: talk.model, description };
}

/** Says that there is time so often. */
const times = (count: number) => {
  let left = count;
  return () => left-- > 0;
};

it('says what is new, in a few words', () => {
  expect(news(restarted().description)).toEqual(['ICE restart']);
});

it('does no more than there is time for, and goes on from there', () => {
  const { description } = restarted();
  let asked = 0;
  while (newsInTime(description, times(1)) === undefined) asked += 1;
  expect(asked).toBeGreaterThan(3);
  expect(newsInTime(description, times(0))).toEqual(['ICE restart']);
});

it('is told in steps, too; a label leaves out what is not known in time', () => {
  const { model, description } = restarted();
  const event = model.events.at(2);
  if (event === undefined) throw new Error('there is no event 3');
  expect(label(model, event, { hasTime: () => false })).toBe('offer #2 · …');
  expect([...telling(description)].length).toBeGreaterThan(3);
  expect(label(model, event, { hasTime: () => false })).toBe('offer #2 · ICE restart');
  expect([...telling(description)]).toEqual([]);
});
