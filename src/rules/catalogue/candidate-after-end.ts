import type { IceGeneration } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { a, anOffer, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { cite, type Rule } from '../rule.ts';

/** A bare null right after a description usually ends the gathering before: it counts once the generation has a candidate. */
function endOf({ endedBy, candidates }: IceGeneration): number | undefined {
  const first = candidates[0];
  return endedBy !== undefined && first !== undefined && first.seq < endedBy ? endedBy : undefined;
}

export const candidateAfterEnd: Rule = {
  id: 'candidate-after-end',
  severity: 'warning',
  scope: 'candidate',
  title: 'a candidate follows the end of candidates',
  cites: [cite('RFC 8838', '13'), cite('RFC 8840', '8.2')],
  explain:
    'Whoever has declared the end of candidates for a generation must not send more for it, and the receiver may have given up by then: it may ignore them. Chrome and Firefox still take them.',
  fix: 'Send the end (null, or an empty candidate) only when gathering is complete, and keep messages in order.',
  exceptions:
    'A new description of the sender begins anew, a null just behind it may end the gathering before, and Firefox ends each section by itself.',
  examples: {
    bad: [
      conversation(
        'one more after the end',
        a.offers(anOffer()),
        a.sends(candidateOf('a')),
        a.endsCandidates(),
        a.sends(candidateOf('a', { port: 50001 })),
      ),
    ],
    good: [conversation('the end comes last', a.offers(anOffer()), a.sends(candidateOf('a')), a.endsCandidates())],
  },
  check: ({ record }) => {
    const { generation, mid } = record;
    if (!generation || record.early) return [];
    const ended = endOf(generation) ?? (mid === undefined ? undefined : generation.ended.get(mid));
    if (ended === undefined || ended > record.seq || !firstOf(generation, `after end ${mid}`, record)) return [];
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} for the user fragment ${visible(generation.ufrag, 16)} follows the end of candidates that event ${ended} declared.`,
        mid: mid ?? null,
        related: [ended],
      },
    ];
  },
};
