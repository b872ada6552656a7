import type { Description, Side } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { chromeCandidate } from '../browser.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { type CandidateSubject, cite, type Rule } from '../rule.ts';

/** What the sender has described most recently, of either kind and whatever became of it. */
function newest({ lastOffer, lastAnswer, committedOffer, committedAnswer }: Side): readonly Description[] {
  return [lastOffer, lastAnswer, committedOffer, committedAnswer].filter((d) => d !== undefined);
}

function isKnown({ record, session, section }: CandidateSubject): boolean {
  const side = session.sides.get(record.from);
  if (section !== undefined || side === undefined) return true;
  const described = newest(side);
  if (record.mid === undefined) return described.some(({ sdp }) => (record.mLine ?? 0) < sdp.media.length);
  if (side.byMid.has(record.mid)) return true;
  return described.some(({ sdp }) => sdp.media.some(({ mid }) => mid === undefined || mid.value === record.mid));
}

export const candidateUnknownSection: Rule = {
  id: 'candidate-unknown-section',
  severity: 'error',
  scope: 'candidate',
  title: 'a candidate is for a section that does not exist',
  cites: [cite('RFC 9429', '3.5.2.1'), cite('RFC 9429', '4.1.19'), cite('W3C webrtc-pc', '4.4.1.7')],
  explain:
    'sdpMid has to be the a=mid of a section the sender has described; if it is given, the index does not count. Chrome answers anything else with its one sentence for all candidate errors, Firefox says there is no such transceiver.',
  fix: "Send sdpMid as the browser gave it. Names such as 'audio' only work if the descriptions say a=mid:audio.",
  exceptions:
    'A candidate may be ahead of its description; the mid of an offer that was rolled back is stale, not unknown.',
  examples: {
    bad: [
      conversation(
        "the mid is 'audio', described is '0'",
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a'), { mid: 'audio' }),
      ),
      conversation(
        'the index is out of range',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a'), { mid: null, mLine: 17 }),
      ),
    ],
    good: [
      conversation(
        'the mid counts, not the index',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a'), { mid: '0' }),
      ),
    ],
  },
  check: (subject) => {
    const { record, described, session } = subject;
    const { mid, mLine } = record;
    if (described === undefined || (mid === undefined && mLine === undefined) || record.text === '') return [];
    // Of credentials nobody has described: another rule says so.
    const ufrag = record.usernameFragment ?? record.candidate?.ufrag;
    if ((ufrag && !record.generation) || isKnown(subject)) return [];
    const target = mid === undefined ? `sdpMLineIndex ${mLine}` : `sdpMid '${visible(mid, 24)}'`;
    if (!firstOf(session, `unknown-section ${record.from} ${target}`, record)) return [];
    const level = mLine === undefined ? undefined : `level=${mLine} mid=${mid ?? ''}`;
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} is for ${target}, but the descriptions of ${visible(record.from, 30)} have no such section.`,
        mid: mid ?? null,
        related: [described.seq],
        refusedBy: {
          chrome: chromeCandidate(),
          ...(level ? { firefox: `OperationError: Cannot set ICE candidate for ${level}: No such transceiver.` } : {}),
        },
      },
    ];
  },
};
