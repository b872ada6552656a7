import { changesOf } from '../../core/changes.ts';
import type { Round } from '../../core/model.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Report, type Rule } from '../rule.ts';

/** How many rounds in how many milliseconds are too many. */
const IDLE = { rounds: 5, within: 10_000 };
const FLOOD = { rounds: 20, within: 60_000 };
const RESTARTS = { rounds: 3, within: 30_000 };

export const negotiationLoop: Rule = {
  id: 'negotiation-loop',
  severity: 'warning',
  scope: 'description',
  title: 'offers follow one another without a reason',
  cites: [cite('W3C webrtc-pc', '4.7.3')],
  explain:
    'After an answer the negotiation-needed flag is false. A handler that changes a transceiver while it negotiates (setting direction or codec preferences in onnegotiationneeded, adding tracks in ontrack) sets it again, so the offers never end.',
  fix: 'Move addTrack, direction and setCodecPreferences out of onnegotiationneeded and ontrack, and restart ICE only after iceConnectionState has been failed, with a growing pause.',
  exceptions: 'Rounds that change something, such as an SFU adding participants; captures without times.',
  examples: {
    bad: [
      conversation(
        'a offers the same thing five times in two seconds',
        ...[0, 1, 2, 3, 4, 5].flatMap((i) => [
          a.offers(anOffer(['audio'], { version: i + 2 }), i * 400),
          b.answers(anAnswer(['audio'], { version: i + 2 }), i * 400 + 50),
        ]),
      ),
    ],
    good: [
      conversation(
        'two re-offers in a minute',
        ...[0, 1, 2].flatMap((i) => [
          a.offers(anOffer(['audio'], { version: i + 2 }), i * 30_000),
          b.answers(anAnswer(['audio'], { version: i + 2 }), i * 30_000 + 50),
        ]),
      ),
    ],
  },
  check: ({ description, session }) => {
    const { round } = description;
    if (description.type !== 'answer' || !round || round.answer !== description) return [];
    const own = lastOf(session.rounds, round.offerer);
    return first(
      () => tooMany(own, IDLE, (one) => one.cause === 'renegotiation' && isIdle(one), 'that change nothing'),
      () => tooMany(own, RESTARTS, (one) => one.cause === 'ice-restart', 'that restart ICE'),
      () => tooMany(own, FLOOD, (one) => one.cause === 'renegotiation' && isIdle(one), 'that change nothing'),
    );
  },
};

/** The newest finished rounds of one offerer, newest last; no more than a flood needs. */
function lastOf(rounds: readonly Round[], offerer: string): Round[] {
  return rounds.slice(-2 * FLOOD.rounds).filter((round) => round.offerer === offerer && round.state === 'complete');
}

function isIdle({ offer }: Round): boolean {
  return changesOf(offer).every(({ class: kind }) => kind === 'candidates' || kind === 'format');
}

function tooMany(own: readonly Round[], limit: typeof IDLE, counts: (round: Round) => boolean, what: string): Report[] {
  const recent = own.slice(-limit.rounds);
  const [oldest, newest] = [recent[0], recent.at(-1)];
  if (!oldest || !newest || recent.length < limit.rounds) return [];
  const lasted = newest.offer.t - oldest.offer.t;
  if (lasted === 0 || lasted > limit.within || !recent.every(counts)) return [];
  return [
    {
      message: `${newest.offerer} has sent ${limit.rounds} offers ${what} within ${Math.ceil(lasted / 1000)} s.`,
      side: newest.offerer,
      event: newest.offer.seq,
      related: recent.slice(0, -1).map((round) => round.offer.seq),
    },
  ];
}

function first(...tries: readonly (() => Report[])[]): Report[] {
  for (const attempt of tries) {
    const reports = attempt();
    if (reports.length > 0) return reports;
  }
  return [];
}
