import { visible } from '../../sdp/printable.ts';
import { a, anOffer, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { type CandidateSubject, cite, type Rule } from '../rule.ts';

interface End {
  readonly seq: number;
  /** A bare null: the browser's gathering was complete, which may have meant the generation before, or begin again. */
  readonly loose: boolean;
}

function endOf({ record, described, section }: CandidateSubject): End | undefined {
  const { generation, mid } = record;
  if (!generation || record.early) return undefined;
  const own = mid === undefined ? undefined : generation.ended.get(mid);
  if (own !== undefined) return { seq: own, loose: false };
  if (described && section?.endOfCandidates !== undefined) return { seq: described.seq, loose: false };
  const first = generation.candidates[0];
  const all = generation.endedBy;
  return all !== undefined && first !== undefined && first.seq < all ? { seq: all, loose: true } : undefined;
}

/** It was told before the end: a second copy brings nothing new. */
function isRepeated({ generation, mid, text }: CandidateSubject['record'], end: End): boolean {
  for (const one of generation?.candidates ?? []) {
    if (one.seq >= end.seq) return false;
    if (one.text === text && one.mid === mid) return true;
  }
  return false;
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
    'A new description of the sender begins anew. A bare null is only noted: libwebrtc reports the end of gathering and may begin again after the answer.',
  examples: {
    bad: [
      conversation(
        'one more after the end of the section',
        a.offers(anOffer()),
        a.sends(candidateOf('a')),
        a.sends(''),
        a.sends(candidateOf('a', { port: 50001 })),
      ),
    ],
    good: [
      conversation('the end comes last', a.offers(anOffer()), a.sends(candidateOf('a')), a.endsCandidates()),
      conversation(
        'one that was told before the end comes again',
        a.offers(anOffer()),
        a.sends(candidateOf('a')),
        a.sends(''),
        a.sends(candidateOf('a')),
      ),
    ],
  },
  check: (subject) => {
    const { generation, mid, from, seq, usernameFragment, candidate } = subject.record;
    const end = endOf(subject);
    // Without a user fragment it may belong to a generation that is not described yet.
    const named = usernameFragment !== undefined || candidate?.ufrag !== undefined;
    if (!generation || !end || end.seq >= seq || isRepeated(subject.record, end)) return [];
    if (!firstOf(generation, `after end ${mid}`, subject.record)) return [];
    return [
      {
        message: `A candidate of ${visible(from, 30)} for the user fragment ${visible(generation.ufrag, 16)} follows the end of candidates that event ${end.seq} declared.`,
        severity: end.loose || !named ? 'info' : 'warning',
        mid: mid ?? null,
        related: [end.seq],
      },
    ];
  },
};
