import { tagOf } from '../../sdp/bundle.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const OFFER = anOffer(['audio', 'video']);

export const bundleOnlyMisused: Rule = {
  id: 'bundle-only-misused',
  severity: 'warning',
  scope: 'description',
  title: 'a=bundle-only where it has no meaning',
  cites: [cite('RFC 9143', '6'), cite('RFC 9143', '7.2.1'), cite('RFC 9143', '7.3.5')],
  explain:
    'a=bundle-only goes with port 0 in an offer and says: this section is wanted only on the transport of its bundle. With another port, outside a group, or on the first section of the group it contradicts itself. Browsers tolerate that, other stacks take the section for rejected.',
  fix: 'Use it in offers, with port 0, on sections of a BUNDLE group other than the first.',
  exceptions: 'Some stacks repeat port 0 and bundle-only in the answer, as an older version of the standard asked for.',
  examples: {
    bad: [
      conversation('with a port', a.offers(edit(OFFER, ['a=mid:1', 'a=mid:1\r\na=bundle-only']))),
      conversation(
        'on the first of the group',
        a.offers(edit(OFFER, ['m=audio 9', 'm=audio 0'], ['a=mid:0', 'a=mid:0\r\na=bundle-only'])),
      ),
    ],
    good: [
      conversation(
        'as Firefox offers',
        a.offers(edit(OFFER, ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only'])),
      ),
      conversation(
        'repeated in the answer',
        a.offers(edit(OFFER, ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only'])),
        b.answers(
          edit(anAnswer(['audio', 'video']), ['m=video 9', 'm=video 0'], ['a=mid:1', 'a=mid:1\r\na=bundle-only']),
        ),
      ),
    ],
  },
  check: ({ sdp, description }) =>
    sdp.media.flatMap((section) => {
      const fault = section.bundleOnly ? faultOf(sdp, section) : undefined;
      if (fault === undefined) return [];
      return [{ message: `${whose(description)} has a=bundle-only on ${nameOf(section)}, ${fault}.`, section }];
    }),
};

function faultOf(sdp: Sdp, { port, mid }: MSection): string | undefined {
  if (port !== 0) return `which has a port of its own (${port})`;
  const tag = mid === undefined ? undefined : tagOf(sdp, mid.value);
  if (tag === undefined) return 'which is in no BUNDLE group';
  return tag === mid?.value ? 'which is the first of its group and has no other transport' : undefined;
}
