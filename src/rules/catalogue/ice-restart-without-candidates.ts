import type { Description, Side } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { lastSettled } from '../ends.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { gatheredFor } from '../gathered.ts';
import { cite, type Rule, type SessionSubject } from '../rule.ts';
import { restartsIce } from '../transport.ts';

const PATIENCE = 5000;

/** The side brought new credentials and has sent nothing for them, though it trickled before. */
function isSilent({ session }: SessionSubject, side: Side | undefined, description: Description): boolean {
  const generation = side && [...side.currentGenerations].find(({ since }) => since === description);
  if (!side || !generation || generation.endedBy !== undefined || generation.ended.size > 0) return false;
  if (!restartsIce(description) || description.sdp.ice.lite) return false;
  const first = session.candidates.find(({ from }) => from === side.party);
  return first !== undefined && first.seq < description.seq && gatheredFor(side, generation).total === 0;
}

export const iceRestartWithoutCandidates: Rule = {
  id: 'ice-restart-without-candidates',
  severity: 'warning',
  scope: 'session',
  title: 'after an ICE restart a side sends no new candidates',
  cites: [cite('RFC 8445', '9'), cite('RFC 8838', '14')],
  explain:
    'A restart begins from nothing: the candidates of the generation before do not count any more. A side that sends none for the new one can only be found through its own checks.',
  fix: 'Set the new local description, so that gathering starts, and send its candidates; a server has to list its own again in the answer.',
  exceptions:
    'A lite or public server that has its candidates in the description, and a side that declares the end at once.',
  examples: {
    bad: [
      conversation(
        'b is silent after the restart',
        a.offers(anOffer(), 0),
        b.answers(anAnswer(), 100),
        a.sends(candidateOf('a'), { t: 150 }),
        b.sends(candidateOf('b'), { t: 200 }),
        a.offers(anOffer(undefined, { version: 3, generation: 2 }), 8000),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 }), 8100),
        a.sends(candidateOf('a', { ufrag: 'aUf2' }), { t: 8200 }),
        a.sends(candidateOf('a', { ufrag: 'aUf2', port: 50002 }), { t: 13500 }),
      ),
    ],
    good: [
      conversation(
        'both gather anew',
        a.offers(anOffer(), 0),
        b.answers(anAnswer(), 100),
        b.sends(candidateOf('b'), { t: 200 }),
        a.offers(anOffer(undefined, { version: 3, generation: 2 }), 8000),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 }), 8100),
        b.sends(candidateOf('b', { ufrag: 'bUf2' }), { t: 8200 }),
        a.sends(candidateOf('a', { ufrag: 'aUf2' }), { t: 13500 }),
      ),
    ],
  },
  check: (subject) => {
    const { session, recent, now } = subject;
    const round = lastSettled(recent);
    if (!round?.answer || session.partial || session.closedBy !== undefined) return [];
    if (now - round.answer.t < PATIENCE || !restartsIce(round.offer)) return [];
    return [round.offer, round.answer]
      .filter((description) => isSilent(subject, session.sides.get(description.from), description))
      .map((description) => ({
        message: `${visible(description.from, 30)} has sent no candidate since the ICE restart, not even in its ${description.type}.`,
        side: description.from,
        event: description.seq,
        mid: null,
      }));
  },
};
