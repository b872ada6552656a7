import { visible } from '../../sdp/printable.ts';
import { writerOf } from '../../sdp/writer.ts';
import { FIREFOX_UNASKED_RESTART } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { certificateChange, changeOf, keepsIce, keptTransports } from '../transport.ts';

export const iceRestartUnexpected: Rule = {
  id: 'ice-restart-unexpected',
  severity: 'error',
  scope: 'pair',
  title: 'an answer brings new ICE credentials nobody asked for',
  cites: [cite('RFC 9429', '5.10'), cite('RFC 8839', '4.4.2')],
  explain:
    'Only an offer may ask for an ICE restart. An answer with new credentials to an offer with the old ones usually comes from a new RTCPeerConnection on the answering side. Firefox refuses it; Chrome accepts it and has to find a new path, if it can.',
  fix: 'Keep the RTCPeerConnection for the whole call. If it had to be built anew, let the other side restart ICE or start a new call.',
  exceptions:
    'If the tag of the bundle moved, the answer describes another transport. A provisional answer from another fork may have other credentials.',
  examples: {
    bad: [
      conversation(
        'b answers an ordinary re-offer with new credentials',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
    ],
    good: [
      conversation(
        'b answers a restart',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
    ],
  },
  check: ({ offer, answer, provisional }) => {
    const before = answer.base?.transport;
    if (provisional || !before || (before.round?.provisional.length ?? 0) > 0 || !keepsIce(offer)) return [];
    const changed = keptTransports(before, answer).find((kept) => changeOf(kept) === 'both');
    if (!changed) return [];
    const { after } = changed;
    const reborn = certificateChange(changed.before, after) === 'changed';
    const why = reborn ? '; its certificate is new as well, so it comes from a new RTCPeerConnection' : '';
    const firefox =
      writerOf(offer.sdp) === 'firefox' ? 'the offerer, a Firefox, refuses it' : 'Firefox refuses it, Chrome does not';
    return [
      {
        message: `${whose(answer)} changes its ICE credentials (ufrag ${visible(changed.before.ice.ufrag?.value ?? '', 16)} → ${visible(after.ice.ufrag?.value ?? '', 16)}) though ${whose(offer)} did not restart ICE${why}; ${firefox}.`,
        section: after,
        line: after.ice.ufrag?.line ?? after.line,
        refusedBy: { firefox: FIREFOX_UNASKED_RESTART },
      },
    ];
  },
};
