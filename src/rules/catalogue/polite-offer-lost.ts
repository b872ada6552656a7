import { changesOf } from '../../core/changes.ts';
import type { Description, Round } from '../../core/model.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';
import { liveOf } from '../subjects.ts';

/** Milliseconds in which the side that gave way should offer again. */
const PATIENCE = 5_000;

export const politeOfferLost: Rule = {
  id: 'polite-offer-lost',
  severity: 'warning',
  scope: 'session',
  title: 'what a rolled back offer wanted is never offered again',
  cites: [cite('W3C webrtc-pc', '4.7.3'), cite('RFC 9429', '4.1.10.2')],
  explain:
    'The side that gives way in glare loses its own change with the rollback. Browsers fire negotiationneeded again once it is stable; an app that made its offer by hand has to do it again itself.',
  fix: 'Send the offer again when signalingState is back to stable: from negotiationneeded, or after your own ICE restart by calling restartIce(), which survives a rollback.',
  exceptions: 'The winning negotiation already brought what was wanted.',
  examples: {
    bad: [
      conversation(
        'b wanted video, gave way, and never offered it again',
        a.offers(anOffer(['audio']), 0),
        b.answers(anAnswer(['audio']), 50),
        a.offers(anOffer(['audio', 'data'], { version: 3 }), 1000),
        b.offers(anAnswer(['audio', 'video', 'data'], { version: 3, setup: 'actpass' }), 1020),
        b.answers(anAnswer(['audio', 'data'], { version: 4 }), 1060),
        a.sends('candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', { ufrag: 'aUf1', t: 9000 }),
      ),
    ],
    good: [
      conversation(
        'b offers its video after the answer',
        a.offers(anOffer(['audio']), 0),
        b.answers(anAnswer(['audio']), 50),
        a.offers(anOffer(['audio', 'data'], { version: 3 }), 1000),
        b.offers(anAnswer(['audio', 'video'], { version: 3, setup: 'actpass' }), 1020),
        b.answers(anAnswer(['audio', 'data'], { version: 4 }), 1060),
        b.offers(anAnswer(['audio', 'data', 'video'], { version: 5, setup: 'actpass' }), 1100),
        a.answers(anOffer(['audio', 'data', 'video'], { version: 4, setup: 'passive' }), 1150),
        a.sends('candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', { ufrag: 'aUf1', t: 9000 }),
      ),
    ],
  },
  check: ({ glare, now, session }) => {
    if (!glare || session.closedBy !== undefined || (glare.outcome !== 'first-won' && glare.outcome !== 'second-won'))
      return [];
    const [won, lost] = glare.outcome === 'first-won' ? [glare.first, glare.second] : [glare.second, glare.first];
    if (
      !won.answer ||
      now - won.answer.t <= PATIENCE ||
      offeredAgain(session.rounds, lost) ||
      !isMissing(lost.offer, won)
    )
      return [];
    return [
      {
        message: `${lost.offerer} gave way and has not repeated what its offer #${lost.offer.number} wanted (${wanted(lost.offer)}) for five seconds.`,
        side: lost.offerer,
        event: lost.offer.seq,
        related: [won.answer.seq],
      },
    ];
  },
};

function offeredAgain(rounds: readonly Round[], lost: Round): boolean {
  return rounds.slice(lost.number).some((round) => round.offerer === lost.offerer && round.offer.seq > lost.offer.seq);
}

function wanted(offer: Description): string {
  const classes = [...new Set(changesOf(offer).map((change) => change.class))].filter(
    (name) => name !== 'candidates' && name !== 'format',
  );
  return classes.length > 0 ? classes.join(', ') : 'its sections';
}

/** The loser's answer sends less than its lost offer would have, or its restart did not happen. */
function isMissing(lost: Description, won: Round): boolean {
  const answer = won.answer;
  if (!answer) return false;
  if (changesOf(lost).some((change) => change.class === 'ice-restart'))
    return won.cause !== 'ice-restart' && !changesOf(won.offer).some((change) => change.class === 'ice-restart');
  const [before, after] = [sending(lost), sending(answer)];
  return [...before].some(([kind, count]) => (after.get(kind) ?? 0) < count);
}

function sending({ sdp }: Description): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, direction } of liveOf(sdp)) {
    if (kind === 'application' || direction.startsWith('send')) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
