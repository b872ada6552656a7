import type { CandidateRecord, Session } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { chromeCandidate } from '../browser.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { type CandidateSubject, cite, type Rule } from '../rule.ts';

/** As long as a description may lag behind its candidates (guard G10). */
const GRACE = 5000;

/** Whether the sender had described nothing when the candidate came. */
function isFirst(session: Session, record: CandidateRecord): boolean {
  const first = session.descriptions.find((d) => d.from === record.from);
  return first === undefined || first.seq > record.seq;
}

/**
 * Whether the capture shows the beginning (guard G8): a description that has gathered candidates inside may have had
 * predecessors, and candidates with no description around at all may travel apart from them.
 */
function showsBeginning({ session, record }: CandidateSubject): boolean {
  const brought = record.generation?.since ?? session.descriptions[0];
  const opened = record.generation !== undefined || (session.descriptions[0]?.seq ?? record.seq) < record.seq;
  return opened && brought?.sdp.media.every((section) => section.rejected || section.candidates.length === 0) === true;
}

export const candidateBeforeDescription: Rule = {
  id: 'candidate-before-description',
  severity: 'warning',
  scope: 'candidate',
  title: 'a candidate comes before the description it belongs to',
  cites: [cite('RFC 9429', '4.1.19'), cite('RFC 8838', '9'), cite('RFC 8838', '11')],
  explain:
    'addIceCandidate needs a remote description: before it Chrome and Firefox throw an InvalidStateError, and the candidate is lost unless the application queues it. An application that awaits something between setLocalDescription and sending lets its candidates overtake.',
  fix: 'Send the description before anything else, in the same tick as setLocalDescription resolves; at the receiver queue candidates until setRemoteDescription has resolved.',
  exceptions:
    'With a queue at the receiver nothing is lost. In a later negotiation Chrome keeps such candidates itself.',
  examples: {
    bad: [
      conversation(
        'the candidate of b overtakes its answer',
        a.offers(anOffer()),
        b.sends(candidateOf('b')),
        b.answers(anAnswer()),
      ),
    ],
    good: [conversation('the answer first', a.offers(anOffer()), b.answers(anAnswer()), b.sends(candidateOf('b')))],
  },
  check: (subject) => {
    const { record, session, described, now } = subject;
    if (!record.early || session.partial || !isFirst(session, record) || !showsBeginning(subject)) return [];
    if (!described && now - record.t < GRACE) return [];
    if (!firstOf(session, `early ${record.from}`, record)) return [];
    const who = visible(record.from, 30);
    const count = session.candidates.filter((c) => c.from === record.from && c.early && isFirst(session, c));
    const [what, verb] = count.length === 1 ? ['A candidate', 'comes'] : [`${count.length} candidates`, 'come'];
    const when = described
      ? `before the first description of ${who}`
      : `and in ${Math.round((now - record.t) / 100) / 10} s no description of ${who} has followed`;
    return [
      {
        message: `${what} of ${who} ${verb} ${when}: browsers throw unless the receiver queues candidates.`,
        mid: record.mid ?? null,
        refusedBy: {
          chrome: chromeCandidate('The remote description was null', 'InvalidStateError'),
          firefox: 'InvalidStateError: No remoteDescription.',
        },
      },
    ];
  },
};
