import { bundleGroups } from '../../sdp/bundle.ts';
import { visible } from '../../sdp/printable.ts';
import { chromeRefuses } from '../browser.ts';
import { establishedBy, groupOf, sectionsByMid } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const FIRST = [a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))] as const;
const AGAIN = anOffer(['audio', 'video'], { version: 3 });

export const bundleGroupSplit: Rule = {
  id: 'bundle-group-split',
  severity: 'error',
  scope: 'succession',
  title: 'a new offer spreads an agreed BUNDLE group over several',
  cites: [cite('RFC 9143', '7.5.2')],
  explain:
    'Sections that were bundled together cannot be moved into different groups by a later offer. Chrome refuses the offer.',
  fix: 'Keep the sections in the group that was agreed on.',
  examples: {
    bad: [
      conversation(
        'one group becomes two',
        ...FIRST,
        a.offers(edit(AGAIN, ['BUNDLE 0 1', 'BUNDLE 0\r\na=group:BUNDLE 1'])),
      ),
    ],
    good: [conversation('one group stays one', ...FIRST, a.offers(AGAIN))],
  },
  check: ({ session, description }) => {
    const established = establishedBy(session, description);
    if (description.type !== 'offer' || !established) return [];
    const now = groupOf(description.sdp);
    const sections = sectionsByMid(description.sdp);
    return bundleGroups(established.sdp).flatMap(({ mids }) => {
      const living = mids.filter((mid) => sections.get(mid)?.rejected === false && now.has(mid));
      const home = now.get(living[0] ?? '');
      const moved = living.find((mid) => now.get(mid) !== home);
      if (moved === undefined) return [];
      const chrome = chromeRefuses(description, `MID ${moved} in the offer has changed group.`);
      const message = `${whose(description)} has '${visible(moved, 20)}' in another BUNDLE group than '${visible(living[0] ?? '', 20)}', with which it was bundled: Chrome refuses it.`;
      return [{ message, mid: moved, line: now.get(moved)?.line ?? 0, refusedBy: { chrome } }];
    });
  },
};
