import type { Glare, Session } from '../../core/model.ts';
import { chromeRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Report, type Rule, type Scene } from '../rule.ts';

/** Milliseconds in which one side has to give way, and in which repeated crossings are a storm. */
const PATIENCE = 5_000;
const STORM = 10_000;
const STORM_SIZE = 3;

export const glareUnresolved: Rule = {
  id: 'glare-unresolved',
  severity: 'error',
  scope: 'session',
  title: 'two crossing offers block each other',
  cites: [cite('W3C webrtc-pc', '10.7'), cite('RFC 3264', '4'), cite('RFC 3261', '14.1')],
  explain:
    'Two impolite sides each ignore the other offer and wait for ever; two polite ones both roll back and answer, and both answers are refused; sides that retry after the same pause meet again and again.',
  fix: 'Make exactly one side polite, by something both know beforehand (who called, the smaller id). Without roles, retry after a random pause.',
  exceptions: 'Crossings younger than five seconds, and sessions that were hung up.',
  examples: {
    bad: [
      conversation(
        'neither side answers',
        a.offers(anOffer(['audio']), 0),
        b.offers(anAnswer(['audio'], { setup: 'actpass' }), 40),
        a.sends('candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', { ufrag: 'aUf1', t: 6000 }),
      ),
      conversation(
        'both sides answer',
        a.offers(anOffer(['audio']), 0),
        b.offers(anAnswer(['audio'], { setup: 'actpass' }), 40),
        b.answers(anAnswer(['audio'], { version: 3 }), 90),
        a.answers(anOffer(['audio'], { version: 3, setup: 'active' }), 95),
      ),
    ],
    good: [
      conversation(
        'b gives way',
        a.offers(anOffer(['audio']), 0),
        b.offers(anAnswer(['audio'], { setup: 'actpass' }), 40),
        b.answers(anAnswer(['audio'], { version: 3 }), 90),
        a.endsCandidates(9000),
      ),
    ],
  },
  check: (subject) => {
    const crossing = subject.glare;
    if (!crossing || subject.session.partial) return [];
    return [...waiting(subject, crossing), ...bothAnswered(crossing), ...storm(subject.session, crossing)];
  },
};

const names = ({ first, second }: Glare) =>
  `offer #${first.offer.number} of ${first.offerer} and offer #${second.offer.number} of ${second.offerer}`;

function waiting({ now, session }: Scene, crossing: Glare): Report[] {
  if (crossing.outcome !== 'open' || session.closedBy !== undefined || now - crossing.second.offer.t <= PATIENCE)
    return [];
  return [
    {
      message: `Neither side has answered the other for five seconds: ${names(crossing)} crossed, and both sides seem to be impolite.`,
      side: crossing.second.offerer,
      event: crossing.since,
      related: [crossing.first.offer.seq],
    },
  ];
}

function bothAnswered(crossing: Glare): Report[] {
  if (crossing.outcome !== 'both-answered' || crossing.endedBy === undefined) return [];
  return [
    {
      message: `Both sides rolled back and answered the other: ${names(crossing)} crossed, both sides are polite, and both answers will be refused.`,
      event: crossing.endedBy,
      side: '',
      related: [crossing.first.offer.seq, crossing.second.offer.seq],
      refusedBy: { chrome: chromeRefuses({ type: 'answer' }, 'Called in wrong state: stable', 'InvalidStateError') },
    },
  ];
}

function storm(session: Session, crossing: Glare): Report[] {
  const first = session.glares.at(-STORM_SIZE);
  if (!first || first === crossing || session.glares.at(-1) !== crossing) return [];
  const lasted = crossing.second.offer.t - first.first.offer.t;
  const unresolved = session.glares.slice(-STORM_SIZE).every((one) => one.outcome === 'retried' || one === crossing);
  if (!unresolved || lasted > STORM || lasted === 0) return [];
  return [
    {
      message: `Offers have crossed ${STORM_SIZE} times within ten seconds: both sides retry at the same moments.`,
      side: crossing.second.offerer,
      event: crossing.since,
      related: [first.since],
    },
  ];
}
