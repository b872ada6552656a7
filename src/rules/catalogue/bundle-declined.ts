import type { Group } from '../../sdp/sdp.ts';
import { establishedBy, groupOf, sectionsByMid } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const BUNDLE_ONLY = edit(
  anOffer(['audio', 'video']),
  ['m=video 9', 'm=video 0'],
  ['a=mid:1', 'a=mid:1\r\na=bundle-only'],
);

export const bundleDeclined: Rule = {
  id: 'bundle-declined',
  severity: 'warning',
  scope: 'pair',
  title: 'the answer leaves accepted sections out of the bundle',
  cites: [cite('RFC 9143', '7.3.2'), cite('RFC 9429', '5.11')],
  explain:
    'Sections outside the group need transports of their own, with candidates and handshakes of their own. If the offerer gathers for one transport only (bundlePolicy max-bundle), or the answerer does not really listen there, they never connect: the state stays connecting and then fails, without an error.',
  fix: 'Answer with the offered BUNDLE group, less what is rejected.',
  exceptions: 'A rejected section leaves the group, and a single section needs none.',
  examples: {
    bad: [
      conversation(
        'the group is gone',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', 'video']), ['a=group:BUNDLE 0 1\r\n', ''])),
      ),
      conversation(
        'video on its own',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(edit(anAnswer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
      conversation(
        'bundle-only video on its own',
        a.offers(BUNDLE_ONLY),
        b.answers(edit(anAnswer(['audio', 'video']), ['BUNDLE 0 1', 'BUNDLE 0'])),
      ),
    ],
    good: [
      conversation('all bundled', a.offers(anOffer(['audio', 'video'])), b.answers(anAnswer(['audio', 'video']))),
      conversation('one section', a.offers(anOffer()), b.answers(edit(anAnswer(), ['a=group:BUNDLE 0\r\n', '']))),
    ],
  },
  check: ({ session, offer, answer }) => {
    const offered = groupOf(offer.sdp);
    const answered = groupOf(answer.sdp);
    const established = establishedBy(session, answer);
    const settled = established ? groupOf(established.sdp) : undefined;
    const sections = sectionsByMid(offer.sdp);
    const company = new Map<Group, number>();
    for (const [mid, group] of offered) {
      const taken = answer.sdp.media[sections.get(mid)?.index ?? -1]?.rejected === false;
      if (taken) company.set(group, (company.get(group) ?? 0) + 1);
    }
    const out = answer.sdp.media.filter(({ index, rejected, mid }) => {
      const name = mid?.value ?? offer.sdp.media[index]?.mid?.value ?? '';
      const group = offered.get(name);
      const bundled = group !== undefined && (company.get(group) ?? 0) > 1;
      return bundled && !rejected && !answered.has(name) && !settled?.has(name);
    });
    const [first] = out;
    if (!first) return [];
    const only = out.some(({ index }) => offer.sdp.media[index]?.bundleOnly === true);
    const ends = only ? 'the offerer has no other transport for it' : 'it needs a transport of its own now';
    const message = `${whose(answer)} takes ${namesOf(out)} out of the offered BUNDLE group: ${ends}.`;
    return [{ message, severity: only ? 'error' : 'warning', section: first }];
  },
};
