import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { changeOf, keptTransports } from '../transport.ts';

export const iceRestartIgnored: Rule = {
  id: 'ice-restart-ignored',
  severity: 'error',
  scope: 'pair',
  title: 'the answer to an ICE restart keeps the old credentials',
  cites: [cite('RFC 8839', '4.4.2.1'), cite('RFC 8445', '9'), cite('RFC 9429', '5.10')],
  explain:
    'When an offer restarts ICE, the answer must bring new credentials, too. Chrome and Firefox accept the old ones without a word, mix both generations, and the checks fail.',
  fix: 'Make the answer from this offer, with setRemoteDescription and createAnswer. A server must not send an answer it has kept from before.',
  exceptions: 'An answerer whose first answer this is has no old credentials.',
  examples: {
    bad: [
      conversation(
        'b repeats its first credentials',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3 })),
      ),
    ],
    good: [
      conversation(
        'b restarts as well',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
    ],
  },
  check: ({ offer, answer, provisional }) => {
    const [offered, answered] = [offer.base?.transport, answer.base?.transport];
    if (provisional || !offered || !answered) return [];
    const asked = new Set(
      keptTransports(offered, offer)
        .filter((kept) => changeOf(kept) === 'both')
        .map(({ after }) => after.index),
    );
    const ignored = keptTransports(answered, answer).find(
      (kept) => asked.has(kept.after.index) && changeOf(kept) === 'none',
    );
    if (!ignored) return [];
    const { after } = ignored;
    return [
      {
        message: `${whose(offer)} restarts ICE, but ${whose(answer)} keeps its old user fragment '${visible(after.ice.ufrag?.value ?? '', 24)}'; both browsers accept it and the checks fail.`,
        section: after,
        line: after.ice.ufrag?.line ?? after.line,
      },
    ];
  },
};
