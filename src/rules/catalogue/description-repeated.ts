import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const descriptionRepeated: Rule = {
  id: 'description-repeated',
  severity: 'info',
  scope: 'event',
  plainToo: true,
  title: 'the same description was sent again',
  cites: [cite('RFC 3264', '8')],
  explain:
    'A description came twice, letter for letter, from the same side: a retransmission, or two handlers or tabs that both send. A repeated offer replaces itself; a repeated answer finds no offer any more, and setRemoteDescription throws.',
  fix: 'Send each description once, and drop what has been applied already: remember the last one or number the messages.',
  examples: {
    bad: [conversation('an offer twice', a.offers(anOffer()), a.offers(anOffer()), b.answers(anAnswer()))],
    good: [
      conversation(
        'two different offers',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'data'], { version: 3 })),
      ),
    ],
  },
  check: ({ model, session, event }) =>
    (model.described.get(event.seq) ?? []).flatMap((description) => {
      const first = description.pc === session.pc ? description.repeats : undefined;
      if (!first) return [];
      const ends =
        description.type === 'offer' ? 'browsers take it for the same offer' : 'there may be no offer left for it';
      const message = `${whose(description)} repeats event ${first.seq} letter for letter: ${ends}.`;
      return [{ message, side: description.from, related: [first.seq] }];
    }),
};
