import type { Round } from '../../core/model.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule, type Scene } from '../rule.ts';

/** Milliseconds an answer may take, and after how many more it is said again. */
const PATIENCE = 10_000;
const LONG = 60_000;

export const offerUnanswered: Rule = {
  id: 'offer-unanswered',
  severity: 'warning',
  scope: 'session',
  title: 'an offer has got no answer for more than ten seconds',
  cites: [cite('RFC 3264', '4'), cite('RFC 9429', '4.1.10.2')],
  explain:
    'While an offer is open its sender can neither offer anything else nor go back without a rollback, so one lost answer blocks every later change, ICE restarts included.',
  fix: 'Find out whether the offer arrived and whether setRemoteDescription or createAnswer failed there. Send an error back when they do, and roll back with setLocalDescription({type: "rollback"}) when no answer comes.',
  exceptions:
    'A capture that began in the middle or ended before ten seconds were over, a session that was hung up, and one message with several offers, of which only some are meant to be taken.',
  examples: {
    bad: [
      conversation(
        'b goes on sending candidates but never answers',
        a.offers(anOffer(['audio']), 0),
        b.answers(anAnswer(['audio']), 100),
        a.offers(anOffer(['audio', 'video'], { version: 3 }), 1000),
        b.sends('candidate:1 1 udp 2122260223 192.0.2.2 50000 typ host', { ufrag: 'bUf1', t: 12_000 }),
      ),
    ],
    good: [
      conversation('the capture ends while the offer is young', a.offers(anOffer(), 0), a.endsCandidates(2000)),
      conversation('b hangs up instead', a.offers(anOffer(), 0), b.leaves(3000), a.endsCandidates(20_000)),
    ],
  },
  check: (subject) =>
    subject.session.partial
      ? []
      : [...subject.session.open.values()]
          .filter((round) => isLate(subject, round))
          .map((round) => report(subject, round)),
};

function isLate({ model, now }: Scene, { offer, glareWith }: Round): boolean {
  const fanOut = (model.described.get(offer.seq)?.length ?? 1) > 1;
  return now - offer.t > PATIENCE && !fanOut && glareWith === undefined;
}

function report({ now }: Scene, { offer, provisional, answerer }: Round) {
  const waited = now - offer.t > LONG ? 'a minute' : 'ten seconds';
  const soFar = provisional.length > 0 ? 'only a provisional answer' : 'no answer, no counter-offer and no goodbye';
  return {
    message: `Offer #${offer.number} of ${offer.from} has waited more than ${waited}: ${answerer} has sent ${soFar}.`,
    side: offer.from,
    event: offer.seq,
  };
}
