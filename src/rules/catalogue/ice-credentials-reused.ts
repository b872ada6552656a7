import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { isMasked } from '../masked.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { taggedSections } from '../transport.ts';

export const iceCredentialsReused: Rule = {
  id: 'ice-credentials-reused',
  severity: 'error',
  scope: 'pair',
  title: 'both sides have the same ICE credentials',
  cites: [cite('RFC 8445', '5.3')],
  explain:
    'Each agent makes up its own random user fragment and password. If the answer carries those of the offer, they come from a template or were copied, and the checks of the two sides cannot be told apart. Both browsers accept it; the call does not connect.',
  fix: 'Do not copy the offer into the answer, and do not keep credentials in a template: take them from the ICE agent of each side.',
  exceptions: 'A server may use one set of credentials for many clients; only equality within one pair is wrong.',
  examples: {
    bad: [
      conversation(
        'the answer has the credentials of the offer',
        a.offers(anOffer()),
        b.answers(
          edit(
            anAnswer(),
            ['a=ice-ufrag:bUf1', 'a=ice-ufrag:aUf1'],
            ['a=ice-pwd:bPasswordOfGeneration0001', 'a=ice-pwd:aPasswordOfGeneration0001'],
          ),
        ),
      ),
    ],
    good: [conversation('each side has its own', a.offers(anOffer()), b.answers(anAnswer()))],
  },
  check: ({ offer, answer }) => {
    if (answer.reflects) return [];
    const offered = new Set(taggedSections(offer.sdp).map(({ ice }) => `${ice.ufrag?.value} ${ice.pwd?.value}`));
    const same = taggedSections(answer.sdp).find(({ ice }) => {
      const [ufrag, pwd] = [ice.ufrag?.value ?? '', ice.pwd?.value ?? ''];
      return ufrag !== '' && pwd !== '' && !isMasked(pwd) && offered.has(`${ufrag} ${pwd}`);
    });
    if (!same) return [];
    return [
      {
        message: `${whose(answer)} has the user fragment '${visible(same.ice.ufrag?.value ?? '', 24)}' and the password of ${whose(offer)}.`,
        section: same,
        line: same.ice.ufrag?.line ?? same.line,
      },
    ];
  },
};
