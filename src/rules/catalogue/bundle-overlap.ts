import type { Description } from '../../core/model.ts';
import { bundleGroups } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import { chromeRefuses, firefoxRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';

export const bundleOverlap: Rule = {
  id: 'bundle-overlap',
  severity: 'error',
  scope: 'description',
  title: 'a mid stands twice in BUNDLE groups',
  cites: [cite('RFC 9143', '7.1')],
  explain:
    'A section belongs to one BUNDLE group at most, once. Both browsers refuse a mid that is in two groups; one that stands twice in the same group only Firefox refuses.',
  fix: 'List each mid once, in one BUNDLE group.',
  exceptions: 'Groups of other kinds (LS, FID) may name the same sections.',
  examples: {
    bad: [
      conversation(
        'in two groups',
        a.offers(edit(anOffer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0\r\na=group:BUNDLE 0 1'])),
      ),
      conversation('twice in one', a.offers(edit(anOffer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0 1 0']))),
    ],
    good: [
      conversation(
        'a lip-sync group besides',
        a.offers(edit(anOffer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0 1\r\na=group:LS 0 1'])),
      ),
    ],
  },
  check: ({ sdp, description }) => {
    const first = new Map<string, number>();
    for (const { mids, line } of bundleGroups(sdp)) {
      for (const mid of mids) {
        const other = first.get(mid);
        if (other !== undefined) return [reportOf(description, mid, other, line)];
        first.set(mid, line);
      }
    }
    return [];
  },
};

function reportOf(description: Description, mid: string, one: number, line: number): Report {
  const two = one !== line;
  const where = two
    ? 'in two BUNDLE groups: both browsers refuse'
    : 'twice in its BUNDLE group: Firefox refuses, Chrome accepts';
  const chrome = chromeRefuses(
    description,
    `A BUNDLE group contains a MID='${mid}' that is already in a BUNDLE group.`,
  );
  const firefox = firefoxRefuses(`mid '${mid}' appears more than once in a BUNDLE group`);
  const message = `${whose(description)} has the mid '${visible(mid, 20)}' ${where}.`;
  return { message, mid, line, refusedBy: { ...(two ? { chrome } : {}), firefox } };
}
