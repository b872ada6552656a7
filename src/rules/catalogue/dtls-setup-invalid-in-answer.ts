import { visible } from '../../sdp/printable.ts';
import { chromeParse } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Report, type Rule } from '../rule.ts';
import { chromeReads, firefoxReads } from '../transport.ts';
import { transportRefusal } from '../transport-refusal.ts';

const ROLES = new Set(['active', 'passive', 'actpass', 'holdconn']);

export const dtlsSetupInvalidInAnswer: Rule = {
  id: 'dtls-setup-invalid-in-answer',
  severity: 'error',
  scope: 'description',
  title: 'a=setup has a value that is not allowed there',
  cites: [cite('RFC 8842', '5.3'), cite('RFC 9429', '5.3.1'), cite('RFC 4145', '4.1')],
  explain:
    'An answer has to choose: active (it starts the handshake) or passive. With actpass nobody would start, so both browsers refuse it. holdconn has no use in WebRTC: Firefox refuses it everywhere, Chrome in an answer, and to an offer with it Chrome cannot make an answer. Any other word ends the reading in Chrome.',
  fix: 'Answer a=setup:active. If the answer says actpass, the offer was probably copied into it.',
  exceptions: 'A bundled section other than the tag may say anything known in an answer: browsers go by the tag.',
  examples: {
    bad: [
      conversation(
        'the answer says actpass',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['a=setup:active', 'a=setup:actpass'])),
      ),
      conversation('a word nobody knows', a.offers(edit(anOffer(), ['a=setup:actpass', 'a=setup:both']))),
    ],
    good: [conversation('b chooses active', a.offers(anOffer()), b.answers(anAnswer()))],
  },
  check: ({ description, sdp, type }) => {
    const unknown = sdp.media.find(({ ownDtls }) => ownDtls.setup && !ROLES.has(ownDtls.setup.value.toLowerCase()));
    const shared = sdp.dtls.setup;
    const word = unknown?.ownDtls.setup ?? (shared && !ROLES.has(shared.value.toLowerCase()) ? shared : undefined);
    if (word) {
      const text = sdp.lines[word.line - 1]?.text ?? '';
      return [
        {
          message: `${whose(description)} has the unknown role a=setup:${visible(word.value, 24)}; Chrome refuses it, Firefox ignores it and refuses the offer for lack of one.`,
          ...(unknown ? { section: unknown } : {}),
          line: word.line,
          refusedBy: {
            ...transportRefusal(description, ['setup']),
            chrome: chromeParse(text, text.split(':').length === 2 ? 'Invalid attribute value.' : 'Expects 2 fields.'),
          },
        },
      ];
    }
    return sdp.media
      .flatMap((section): Report[] => {
        const role = section.dtls.setup?.value.toLowerCase();
        if (!firefoxReads(description, section) && !chromeReads(description, section)) return [];
        if (role !== 'holdconn' && (role !== 'actpass' || type === 'offer')) return [];
        const ends = type === 'offer' ? 'Firefox refuses it, Chrome finds no answer to it' : 'both browsers refuse it';
        return [
          {
            message: `${whose(description)} says a=setup:${role} for ${nameOf(section)}: ${ends}.`,
            section,
            line: section.dtls.setup?.line ?? section.line,
            refusedBy: transportRefusal(description, ['setup']),
          },
        ];
      })
      .slice(0, 1);
  },
};
