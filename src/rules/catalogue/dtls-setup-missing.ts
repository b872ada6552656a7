import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { firefoxReads, taggedSections } from '../transport.ts';
import { transportRefusal } from '../transport-refusal.ts';

export const dtlsSetupMissing: Rule = {
  id: 'dtls-setup-missing',
  severity: 'warning',
  scope: 'description',
  title: 'a section does not say who is the DTLS client',
  cites: [cite('RFC 8842', '5.2'), cite('RFC 8842', '5.3'), cite('RFC 5763', '5'), cite('RFC 4145', '4')],
  explain:
    'a=setup decides which side starts the DTLS handshake. Firefox refuses an offer without it. Chrome fills it in: an offerer is taken for one that can do both, an answerer for the client.',
  fix: 'Offer a=setup:actpass; answer a=setup:active, or passive if the offer is active.',
  exceptions: 'A bundled section other than the tag needs none in an answer, nor in an offer if it is bundle-only.',
  examples: {
    bad: [
      conversation('an offer without setup', a.offers(edit(anOffer(), ['a=setup:actpass\r\n', '']))),
      conversation(
        'an answer without setup',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['a=setup:active\r\n', ''])),
      ),
    ],
    good: [conversation('actpass and active', a.offers(anOffer()), b.answers(anAnswer()))],
  },
  check: ({ description, sdp, live }) => {
    const tagged = new Set(taggedSections(sdp));
    const needed = live.filter(
      (section) => section.dtls.setup === undefined && (tagged.has(section) || firefoxReads(description, section)),
    );
    const first = needed[0];
    if (!first) return [];
    const offer = description.type === 'offer';
    const ends = offer ? 'Firefox refuses it, Chrome assumes actpass' : 'both browsers take that for active';
    return [
      {
        message: `${whose(description)} has no a=setup for ${namesOf(needed)}: ${ends}.`,
        severity: offer ? 'error' : 'warning',
        section: first,
        refusedBy: transportRefusal(description, ['setup']),
      },
    ];
  },
};
