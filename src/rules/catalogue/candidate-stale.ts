import type { CandidateRecord } from '../../core/model.ts';
import { transportSection } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { nameOf } from '../naming.ts';
import { type CandidateSubject, cite, type Rule } from '../rule.ts';

function whyStale({ record, session }: CandidateSubject): string | undefined {
  const ufrag = visible(record.generation?.ufrag ?? '', 16);
  if (record.stale || record.generation?.state === 'void')
    return `still belongs to the user fragment ${ufrag}, which ${record.generation?.state === 'void' ? 'an offer that came to nothing had brought' : 'a later description has replaced'}`;
  return targetGone(record, session.sides.get(record.from)?.currentLocal);
}

/** The section was rejected, or shares the transport of another since the bundle is agreed. */
function targetGone(record: CandidateRecord, settled: CandidateSubject['described']): string | undefined {
  const answer = settled?.round?.answer;
  if (!answer || answer.seq > record.seq || record.generation?.state !== 'current') return undefined;
  const section = answer.sdp.media.find(({ mid }) => mid !== undefined && mid.value === record.mid);
  if (!section) return undefined;
  if (section.rejected) return `is for ${nameOf(section)}, which is rejected`;
  const tag = transportSection(answer.sdp, section);
  return tag === section ? undefined : `is for ${nameOf(section)}, which now shares the transport of ${nameOf(tag)}`;
}

export const candidateStale: Rule = {
  id: 'candidate-stale',
  severity: 'info',
  scope: 'candidate',
  title: 'a candidate of an older ICE generation or of a transport that is gone',
  cites: [cite('RFC 8445', '9'), cite('RFC 8838', '15'), cite('RFC 9429', '4.1.10.2')],
  explain:
    'Gathering goes on for a moment after a newer description has taken over, so late candidates of the old one are normal. Chrome drops them silently, Firefox refuses those whose user fragment it no longer knows.',
  fix: 'Nothing to repair, if the call connects. Do not treat an addIceCandidate error of this kind as the end of the call.',
  exceptions: 'Candidates of the newest offer are never stale, even if another offer of the same side is still open.',
  examples: {
    bad: [
      conversation(
        'a late candidate of the first generation',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
        a.sends(candidateOf('a')),
      ),
    ],
    good: [
      conversation('of the current generation', a.offers(anOffer()), b.answers(anAnswer()), a.sends(candidateOf('a'))),
    ],
  },
  check: (subject) => {
    const { record, session } = subject;
    const why = whyStale(subject);
    if (why === undefined || !firstOf(record.generation ?? session, `stale ${record.from} ${why}`, record)) return [];
    const ufrag = record.usernameFragment ?? record.candidate?.ufrag;
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} ${why}; browsers drop it.`,
        mid: record.mid ?? null,
        refusedBy: record.stale && ufrag ? { firefox: `OperationError: Unknown ufrag (${ufrag})` } : {},
      },
    ];
  },
};
