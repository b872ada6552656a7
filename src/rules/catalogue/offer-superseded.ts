import { outlineOf } from '../../core/outline.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const offerSuperseded: Rule = {
  id: 'offer-superseded',
  severity: 'info',
  scope: 'description',
  title: 'an offer is replaced before it is answered',
  cites: [cite('RFC 3264', '4'), cite('RFC 9429', '4.1.8'), cite('RFC 9429', '5.5')],
  explain:
    'RFC 3264 allows one open offer. Browsers let setLocalDescription replace a pending offer and the far side takes the newer one, but candidates and answers meant for the first may still be under way.',
  fix: 'Collect changes and offer once: negotiationneeded fires once per batch if you offer only from its handler.',
  exceptions: 'The same offer sent again with more candidates.',
  examples: {
    bad: [
      conversation(
        'a sends a second offer at once',
        a.offers(anOffer(['audio'])),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
        b.answers(anAnswer(['audio', 'video'])),
      ),
    ],
    good: [
      conversation(
        'the second offer follows the answer',
        a.offers(anOffer(['audio'])),
        b.answers(anAnswer(['audio'])),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
      ),
    ],
  },
  check: ({ session, description }) => {
    if (description.type !== 'offer') return [];
    const old = session.rounds
      .slice(-4)
      .find((round) => round.state === 'superseded' && round.endedBy === description.seq);
    if (!old) return [];
    const [before, after] = [outlineOf(old.offer), outlineOf(description)];
    const orphans =
      session.sides
        .get(description.from)
        ?.generations.some((g) => g.since === old.offer && g.state === 'void' && g.candidates.length > 0) === true;
    const fewer = after.sections.length < before.sections.length;
    const problem = orphans
      ? ' Its ICE credentials differ, and candidates of the first were already sent.'
      : fewer
        ? ' It has fewer sections than the first.'
        : '';
    return [
      {
        message: `${description.from} replaces its offer #${old.offer.number}, which ${description.to} has not answered, by offer #${description.number}.${problem}`,
        severity: problem === '' ? 'info' : 'warning',
        related: [old.offer.seq],
      },
    ];
  },
};
