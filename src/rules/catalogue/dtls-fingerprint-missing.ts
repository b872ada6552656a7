import { a, anAnswer, anOffer, b, conversation, edit, editSection } from '../example.ts';
import { isInsecure } from '../insecure.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { firefoxReads, taggedSections } from '../transport.ts';
import { namesFingerprint, transportRefusal } from '../transport-refusal.ts';

export const dtlsFingerprintMissing: Rule = {
  id: 'dtls-fingerprint-missing',
  severity: 'error',
  scope: 'description',
  title: 'a section has no certificate fingerprint',
  cites: [cite('RFC 8842', '5.1'), cite('RFC 8122', '5'), cite('RFC 8827', '6.5'), cite('RFC 9429', '5.8.3')],
  explain:
    'The fingerprint ties the DTLS certificate to the signaling; without it neither browser can check whom it talks to. Chrome refuses a description whose bundle tag or unbundled section has none, Firefox refuses an offer that lacks it in any section that is not bundle-only.',
  fix: 'Put a=fingerprint of the certificate into every section, or once at session level. A PBX or proxy that removes it has to be told to use DTLS-SRTP.',
  exceptions:
    'A bundled section other than the tag may leave it out in an answer; a masked fingerprint counts as present.',
  examples: {
    bad: [
      conversation(
        'an answer without fingerprint',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), [/a=fingerprint:.*\r\n/, ''])),
      ),
      conversation(
        'the bundled video section has none: only Firefox minds',
        a.offers(editSection(anOffer(['audio', 'video']), '1', [/a=fingerprint:.*\r\n/, ''])),
      ),
    ],
    good: [
      conversation(
        'in the answer the tag of the bundle speaks for the others',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(editSection(anAnswer(['audio', 'video']), '1', [/a=fingerprint:.*\r\n/, ''])),
      ),
      conversation('a logger masked it', a.offers(edit(anOffer(), [/a=fingerprint:.*/, 'a=fingerprint:sha-256 ***']))),
    ],
  },
  check: ({ description, sdp, live }) => {
    const tagged = new Set(taggedSections(sdp));
    const needed = live.filter(
      (section) =>
        !namesFingerprint(description, section) &&
        // A profile without DTLS is a cause of its own (guard G12).
        !isInsecure(description, section) &&
        (tagged.has(section) || firefoxReads(description, section)),
    );
    const first = needed[0];
    if (!first) return [];
    const ends = needed.some((section) => tagged.has(section))
      ? 'no browser takes it'
      : 'Firefox refuses that, Chrome goes by the tag of the bundle';
    return [
      {
        message: `${whose(description)} has no a=fingerprint for ${namesOf(needed)}: ${ends}.`,
        section: first,
        refusedBy: transportRefusal(description, ['fingerprint']),
      },
    ];
  },
};
