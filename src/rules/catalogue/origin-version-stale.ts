import { visible } from '../../sdp/printable.ts';
import type { Sdp } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const originVersionStale: Rule = {
  id: 'origin-version-stale',
  severity: 'info',
  scope: 'succession',
  title: 'the version in o= went back, or stood still though the text changed',
  cites: [cite('RFC 3264', '8'), cite('RFC 9429', '5.2.2')],
  explain:
    'The version in o= grows by one with every changed description. One that went back often means that an old description was sent again. Browsers do not look at it.',
  fix: 'Check whether a stored or cached description was sent. If software between the peers edits the text, it may leave the version alone.',
  exceptions:
    'Some stacks never change it (libdatachannel, str0m, SRS), and jumps are normal: descriptions that were not sent count.',
  examples: {
    bad: [
      conversation(
        'back from 3 to 2',
        a.offers(anOffer(undefined, { version: 3 })),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'data'])),
      ),
      conversation(
        'a new section under the old version',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'data'])),
      ),
    ],
    good: [
      conversation(
        'one more',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'data'], { version: 3 })),
      ),
      conversation(
        'a jump',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio', 'data'], { version: 13 })),
      ),
    ],
  },
  check: ({ description, before }) => {
    const [old, now] = [before.sdp.origin, description.sdp.origin];
    if (!old || !now || old.sessionId !== now.sessionId) return [];
    const [was, is] = [old.sessionVersion, now.sessionVersion];
    if (!/^\d{1,20}$/.test(was) || !/^\d{1,20}$/.test(is)) return [];
    const back = BigInt(is) < BigInt(was);
    if (!back && (was !== is || is === '0' || sameSections(before.sdp, description.sdp))) return [];
    const what = back
      ? `goes back from ${visible(was)} to ${visible(is)}`
      : `stays ${visible(is)} though its sections changed`;
    return [{ message: `The o= version of ${whose(description)} ${what}.`, line: now.line }];
  },
};

/** Kinds, mids, directions and formats: what an application changes. Candidates and ports fill in by themselves. */
function sameSections(one: Sdp, other: Sdp): boolean {
  const outline = ({ media }: Sdp) =>
    JSON.stringify(media.map((m) => [m.kind, m.mid?.value, m.rejected, m.direction, m.formats]));
  return outline(one) === outline(other);
}
