import { groupOf } from '../bundle.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const BUNDLE_ONLY = edit(
  anOffer(['audio', 'video']),
  ['m=video 9', 'm=video 0'],
  ['a=mid:1', 'a=mid:1\r\na=bundle-only'],
);

export const bundleOnlyRefused: Rule = {
  id: 'bundle-only-refused',
  severity: 'warning',
  scope: 'pair',
  title: 'a bundle-only section was taken for a rejected one',
  cites: [cite('RFC 9143', '7.3.1'), cite('RFC 9143', '7.3.3'), cite('RFC 9429', '5.3.1')],
  explain:
    'Port 0 with a=bundle-only means that the section shares the transport of its bundle, not that it is rejected. Firefox offers that way with max-bundle. An answerer that reads only the port answers with port 0, and the media of that section is lost without an error.',
  fix: 'In the answering stack read a=bundle-only; as a workaround offer with bundlePolicy max-compat.',
  exceptions: 'The answer may still reject such a section on purpose.',
  examples: {
    bad: [
      conversation(
        'audio is accepted, bundle-only video is not',
        a.offers(BUNDLE_ONLY),
        b.answers(anAnswer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }])),
      ),
    ],
    good: [conversation('accepted with a port', a.offers(BUNDLE_ONLY), b.answers(anAnswer(['audio', 'video'])))],
  },
  check: ({ offer, answer }) => {
    const bundled = groupOf(answer.sdp).size > 0;
    const refused = offer.sdp.media.filter(({ bundleOnly, port, index }) => {
      return bundleOnly && port === 0 && answer.sdp.media[index]?.rejected === true;
    });
    const [first] = refused;
    if (!first || !bundled) return [];
    const message = `The offer has ${namesOf(refused)} as bundle-only (port 0); ${whose(answer)} rejects it, probably because it took port 0 for a rejection.`;
    return [{ message, section: first }];
  },
};
