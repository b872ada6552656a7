import { bundleGroups } from '../../sdp/bundle.ts';
import { sectionsByMid } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const REJECTED = { kind: 'video', rejected: true, direction: 'inactive' } as const;

export const bundleMemberRejected: Rule = {
  id: 'bundle-member-rejected',
  severity: 'warning',
  scope: 'description',
  title: 'a rejected section is still listed in its BUNDLE group',
  cites: [cite('RFC 9143', '7.3.3'), cite('RFC 9143', '7.5.3')],
  explain:
    'A section with port 0 leaves its BUNDLE group. Browsers accept a group that still lists it, and treat the section as dead; a stack that reads the group first may wait for media there. Port 0 without a=bundle-only is often a bundle-only section that lost this line.',
  fix: 'Take the mid out of a=group:BUNDLE, or add a=bundle-only if the section is meant to live on the transport of the bundle.',
  exceptions: 'In later offers older stacks keep stopped sections in the group.',
  examples: {
    bad: [
      conversation(
        'the answer rejects video and bundles it',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', REJECTED]), ['BUNDLE 0', 'BUNDLE 0 1'])),
      ),
    ],
    good: [
      conversation(
        'bundle-only',
        a.offers(
          edit(anOffer(['audio', 'video']), ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only']),
        ),
      ),
      conversation('nothing is rejected', a.offers(anOffer(['audio', 'video']))),
    ],
  },
  check: ({ sdp, description }) => {
    const sections = sectionsByMid(sdp);
    const rejected = bundleGroups(sdp).flatMap(({ mids }) => {
      return mids.slice(1).flatMap((mid) => (sections.get(mid)?.rejected === true ? (sections.get(mid) ?? []) : []));
    });
    const [first] = rejected;
    if (!first) return [];
    const before = description.base?.transport.sdp.media;
    const known = description.type === 'offer' && rejected.every(({ index }) => before?.[index] !== undefined);
    const message = `${whose(description)} rejects ${namesOf(rejected)} (port 0, no bundle-only), but still lists it in the BUNDLE group.`;
    return [{ message, severity: known ? 'info' : 'warning', section: first }];
  },
};
