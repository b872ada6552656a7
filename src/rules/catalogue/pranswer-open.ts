import { chromeRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

/** Milliseconds until a provisional answer should have become a final one. */
const PATIENCE = 30_000;

export const pranswerOpen: Rule = {
  id: 'pranswer-open',
  severity: 'warning',
  scope: 'session',
  title: 'a provisional answer is not followed by a final one',
  cites: [cite('RFC 9429', '3.2'), cite('RFC 9429', '4.1.10.1')],
  explain:
    'After a provisional answer both sides stay in have-local-pranswer or have-remote-pranswer. Nobody can offer there, so a new offer is refused until the final answer comes.',
  fix: 'Send the final answer (type "answer") as soon as it is known. Firefox does not support provisional answers at all.',
  exceptions: 'Early media while a telephone rings, for half a minute.',
  examples: {
    bad: [
      conversation(
        'a offers again while only a provisional answer is there',
        a.offers(anOffer(['audio']), 0),
        b.answersProvisionally(anAnswer(['audio']), 100),
        b.offers(anAnswer(['audio'], { version: 3, setup: 'actpass' }), 400),
      ),
    ],
    good: [
      conversation(
        'the final answer follows',
        a.offers(anOffer(['audio']), 0),
        b.answersProvisionally(anAnswer(['audio']), 100),
        b.answers(anAnswer(['audio'], { version: 3 }), 900),
      ),
    ],
  },
  check: ({ session, now, recent }) => {
    const waiting = recent.filter(({ state, provisional }) => provisional.length > 0 && state !== 'complete');
    return waiting.flatMap((round) => {
      const early = round.provisional[0];
      if (!early) return [];
      const next = recent.find((one) => one.offer.seq > early.seq);
      const offered = next && (round.state === 'superseded' || round.glareWith === next);
      if (offered)
        return [
          {
            message: `${next.offerer} offers although offer #${round.offer.number} has only a provisional answer.`,
            side: next.offerer,
            event: next.offer.seq,
            related: [early.seq],
            refusedBy: {
              chrome: chromeRefuses(
                next.offer,
                `Called in wrong state: have-${next.offerer === round.offerer ? 'local' : 'remote'}-pranswer`,
                'InvalidStateError',
              ),
            },
          },
        ];
      if (round.state !== 'open' || session.closedBy !== undefined || now - early.t <= PATIENCE) return [];
      return [
        {
          message: `${early.from} has given only a provisional answer to offer #${round.offer.number} for half a minute.`,
          side: early.from,
          event: early.seq,
          related: [round.offer.seq],
        },
      ];
    });
  },
};
