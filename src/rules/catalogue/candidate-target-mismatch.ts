import { transportSection } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import { a, anOffer, candidateOf, conversation, edit } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { nameOf } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const candidateTargetMismatch: Rule = {
  id: 'candidate-target-mismatch',
  severity: 'warning',
  scope: 'candidate',
  title: 'sdpMid and sdpMLineIndex of a candidate name different sections',
  cites: [cite('RFC 9429', '3.5.2.1')],
  explain:
    'When both are given, the mid counts: Chrome says nothing, Firefox writes a warning to its log. A stack that goes by the index puts the candidate into the wrong section.',
  fix: 'Send both members of one candidate unchanged. Do not fill in sdpMLineIndex 0 where it is missing.',
  exceptions: 'In one bundle both sections share the transport; then it is only noted.',
  examples: {
    bad: [
      conversation(
        'mid of audio, index of video, no bundle',
        a.offers(edit(anOffer(['audio', 'video']), [/a=group:BUNDLE.*\r\n/, ''])),
        a.sends(candidateOf('a'), { mid: '0', mLine: 1 }),
      ),
    ],
    good: [
      conversation(
        'mid and index agree',
        a.offers(anOffer(['audio', 'video'])),
        a.sends(candidateOf('a'), { mid: '1', mLine: 1 }),
      ),
    ],
  },
  check: ({ record, described, section, session }) => {
    const { mid, mLine } = record;
    if (mid === undefined || mLine === undefined || !section || !described || section.index === mLine) return [];
    if (!firstOf(session, `mismatch ${record.from} ${mid} ${mLine}`, record)) return [];
    const other = described.sdp.media[mLine];
    const shared =
      other !== undefined && transportSection(described.sdp, other) === transportSection(described.sdp, section);
    const named = other ? nameOf(other) : 'no section at all';
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} has the sdpMid of ${nameOf(section)} but sdpMLineIndex ${mLine}, which is ${named}${shared ? ' in the same bundle' : '; browsers go by the mid'}.`,
        severity: shared ? 'info' : 'warning',
        section,
      },
    ];
  },
};
