import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { isInsecure } from '../insecure.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { transportRefusal } from '../transport-refusal.ts';

const PLAIN_RTP = [
  ['UDP/TLS/RTP/SAVPF', 'RTP/AVP'],
  [/a=fingerprint:.*\r\n/, ''],
] as const;

export const mlineInsecureProfile: Rule = {
  id: 'mline-insecure-profile',
  severity: 'error',
  scope: 'description',
  title: 'media without DTLS in a WebRTC session',
  cites: [cite('RFC 8827', '6.5'), cite('RFC 9429', '5.1.2')],
  explain:
    'Browsers encrypt media with keys from a DTLS handshake and with nothing else. A section that offers plain RTP, or keys in a=crypto, and no certificate fingerprint is refused by both.',
  fix: 'Switch DTLS-SRTP on at the gateway for this leg (profile UDP/TLS/RTP/SAVPF, a=fingerprint and a=setup).',
  exceptions: 'The SIP leg behind a gateway may well be plain RTP.',
  examples: {
    bad: [
      conversation(
        'the gateway answers with plain RTP',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ...PLAIN_RTP)),
      ),
      conversation(
        'keys in the description',
        a.offers(anOffer()),
        b.answers(
          edit(
            anAnswer(),
            ['UDP/TLS/RTP/SAVPF', 'RTP/SAVP'],
            [/a=fingerprint:.*/, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:key'],
          ),
        ),
      ),
    ],
    good: [
      conversation('DTLS-SRTP', a.offers(anOffer()), b.answers(anAnswer())),
      conversation(
        'an old profile name with a certificate',
        a.offers(edit(anOffer(), ['UDP/TLS/RTP/SAVPF', 'RTP/AVPF'])),
      ),
    ],
  },
  check: ({ description, live }) => {
    const insecure = live.filter((section) => isInsecure(description, section));
    const [first] = insecure;
    if (!first) return [];
    const keys = insecure.some(({ attributes }) => attributes.some(({ name }) => name === 'crypto'));
    const how = keys ? 'keys in a=crypto' : `plain ${visible(first.protocol, 20)}`;
    const message = `${whose(description)} wants ${how} for ${namesOf(insecure)}, without a certificate fingerprint: browsers accept DTLS-SRTP only.`;
    const refusedBy = transportRefusal(description, ['ufrag', 'pwd', 'fingerprint', 'setup']);
    return [{ message, section: first, refusedBy }];
  },
};
