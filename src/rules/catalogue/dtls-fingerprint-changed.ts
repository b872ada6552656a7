import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { isReplaced } from '../replaced.ts';
import { cite, type Rule } from '../rule.ts';
import { certificateChange, changeOf, keepsIce, keptTransports } from '../transport.ts';

const OTHER = ['A1:01:02:03', 'E7:55:32:13'] as const;

export const dtlsFingerprintChanged: Rule = {
  id: 'dtls-fingerprint-changed',
  severity: 'warning',
  scope: 'succession',
  title: 'the certificate fingerprint changed during the call',
  cites: [cite('RFC 8842', '5.5'), cite('RFC 8842', '6'), cite('RFC 9429', '5.11'), cite('RFC 9429', '5.8.3')],
  explain:
    'Another certificate means another DTLS association, which RFC 8842 ties to new ICE credentials. Chrome starts a DTLS handshake at once and media stop until it succeeds; Firefox goes on with the old association unless ICE restarts as well. Media end where the two disagree.',
  fix: 'Keep the RTCPeerConnection and its certificate. If the other end really is a new one, restart ICE in the same offer or start a new call.',
  exceptions:
    'A further fingerprint of the same certificate, another letter case and another bundle tag are no change.',
  examples: {
    bad: [
      conversation(
        'a re-offers with another certificate and the old credentials',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(undefined, { version: 3 }), OTHER)),
      ),
    ],
    good: [
      conversation(
        'the same certificate throughout',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
      ),
    ],
  },
  check: ({ description, before }) => {
    // A new peer connection says so by its session id: rule origin-changed.
    if (isReplaced(before, description)) return [];
    const changed = keptTransports(before, description).find(
      (kept) => certificateChange(kept.before, kept.after) === 'changed',
    );
    if (!changed) return [];
    const restarted = changeOf(changed) === 'both';
    const offer = description.type === 'offer' ? undefined : description.round?.offer;
    // An unasked restart says so itself.
    if (restarted && offer && keepsIce(offer)) return [];
    const so = restarted
      ? 'together with its ICE credentials: behind the same session there is a new RTCPeerConnection or server now'
      : 'but not the ICE credentials; Chrome starts a new DTLS handshake, Firefox keeps the old association';
    return [
      {
        message: `${whose(description)} changes the certificate fingerprint of ${nameOf(changed.after)}, ${so}.`,
        section: changed.after,
        line: changed.after.dtls.fingerprints[0]?.line ?? changed.after.line,
      },
    ];
  },
};
