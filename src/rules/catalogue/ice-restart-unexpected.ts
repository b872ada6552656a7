import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { writerOf } from '../../sdp/writer.ts';
import { FIREFOX_UNASKED_RESTART } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { certificateChange, changeOf, type KeptTransport, keepsIce, keptTransports } from '../transport.ts';

const FIREFOX = ['o=- ', 'o=mozilla...THIS_IS_SDPARTA-99.0 '] as const;
const STOPPED = { kind: 'audio', rejected: true, direction: 'inactive' } as const;

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
    'If the tag of the bundle moved, the answer describes another transport; only Firefox as the offerer refuses that. A provisional answer from another fork may have other credentials.',
  examples: {
    bad: [
      conversation(
        'b answers an ordinary re-offer with new credentials',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
      conversation(
        'Firefox offers, and the stopped section was the tag of the bundle',
        a.offers(edit(anOffer(['audio', 'video']), FIREFOX)),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(edit(anOffer([STOPPED, 'video'], { version: 3 }), FIREFOX)),
        b.answers(anAnswer([STOPPED, 'video'], { version: 3, generation: 2 })),
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
      conversation(
        'Chrome offers and stops the tag of the bundle',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer([STOPPED, 'video'], { version: 3 })),
        b.answers(anAnswer([STOPPED, 'video'], { version: 3, generation: 2 })),
      ),
    ],
  },
  check: ({ offer, answer, provisional }) => {
    const before = answer.base?.transport;
    if (provisional || !before || (before.round?.provisional.length ?? 0) > 0) return [];
    const changed = keepsIce(offer)
      ? keptTransports(before, answer).find((kept) => changeOf(kept) === 'both')
      : undefined;
    const seen = changed ?? seenByFirefox(before, offer, answer);
    if (!seen) return [];
    const ufrags = [seen.before, seen.after].map(({ ice }) => visible(ice.ufrag?.value ?? '', 16)).join(' → ');
    return [
      {
        message: `${whose(answer)} changes its ICE credentials (ufrag ${ufrags}) though ${whose(offer)} did not restart ICE${why(seen, changed !== undefined)}.`,
        section: seen.after,
        line: seen.after.ice.ufrag?.line ?? seen.after.line,
        refusedBy: { firefox: FIREFOX_UNASKED_RESTART },
      },
    ];
  },
};

/**
 * Firefox as the offerer compares section by section and does not care that the bundle has another tag now, and with it
 * another transport with credentials of its own. Only asked where the offer is Firefox's.
 */
function seenByFirefox(before: Description, offer: Description, answer: Description): KeptTransport | undefined {
  const own = offer.base?.transport;
  if (!own || writerOf(offer.sdp) !== 'firefox') return undefined;
  const live = (old: Description, now: Description): KeptTransport[] =>
    now.sdp.media.flatMap((after, i) => {
      const was = old.sdp.media[i];
      return was && !was.rejected && !after.rejected ? [{ before: was, after }] : [];
    });
  if (live(own, offer).some((pair) => changeOf(pair) !== 'none')) return undefined;
  return live(before, answer).find((pair) => ['both', 'ufrag', 'pwd'].includes(changeOf(pair)));
}

function why({ before, after }: KeptTransport, sameTransport: boolean): string {
  if (!sameTransport)
    return ': the bundle has another tag and so another transport, but Firefox, which offered, takes that for a restart and refuses it';
  const reborn = certificateChange(before, after) === 'changed';
  return `${reborn ? '; its certificate is new as well, so it comes from a new RTCPeerConnection' : ''}; Firefox refuses it, Chrome does not`;
}
