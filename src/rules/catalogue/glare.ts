import type { Glare } from '../../core/model.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Report, type Rule } from '../rule.ts';

export const glare: Rule = {
  id: 'glare',
  severity: 'info',
  scope: 'session',
  title: 'both sides offer at the same time',
  cites: [cite('RFC 3264', '4'), cite('RFC 9429', '4.1.10.2'), cite('W3C webrtc-pc', '10.7')],
  explain:
    'Each side sent an offer before it could have seen the other one. Exactly one side has to give way: the polite one rolls its offer back, answers, and offers its own change again afterwards.',
  fix: 'Nothing to do if both sides follow perfect negotiation. Fix the roles once (polite for exactly one side), not by timing.',
  examples: {
    bad: [
      conversation(
        'b rolls back and answers: b is polite',
        a.offers(anOffer(['audio']), 0),
        b.offers(anAnswer(['audio'], { setup: 'actpass' }), 40),
        b.answers(anAnswer(['audio'], { version: 3 }), 90),
      ),
    ],
    good: [
      conversation(
        'the second offer follows the first answer',
        a.offers(anOffer(['audio'])),
        b.answers(anAnswer(['audio'])),
        b.offers(anAnswer(['audio', 'video'], { setup: 'actpass', version: 3 })),
      ),
    ],
  },
  check: ({ glare: crossing }) => (crossing ? [begun(crossing), ...settled(crossing)] : []),
};

function begun({ first, second, since }: Glare): Report {
  const gap = Math.max(0, Math.round(second.offer.t - first.offer.t));
  return {
    message: `Both sides offered within ${gap} ms: ${second.offerer}'s offer #${second.offer.number} crosses ${first.offerer}'s offer #${first.offer.number}.`,
    side: second.offerer,
    event: since,
    related: [first.offer.seq],
  };
}

function settled({ first, second, outcome, endedBy }: Glare): Report[] {
  if (endedBy === undefined || (outcome !== 'first-won' && outcome !== 'second-won')) return [];
  const [won, lost] = outcome === 'first-won' ? [first, second] : [second, first];
  return [
    {
      message: `${lost.offerer} gives way to ${won.offerer}'s offer #${won.offer.number}, so ${lost.offerer} is the polite side; what its offer #${lost.offer.number} wanted has to be offered again.`,
      side: lost.offerer,
      event: endedBy,
      related: [first.offer.seq, second.offer.seq],
    },
  ];
}
