import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { restartsUntil } from '../restarts.ts';
import { cite, type Rule } from '../rule.ts';
import { changeOf, keptTransports } from '../transport.ts';

export const iceRestartOffered: Rule = {
  id: 'ice-restart-offered',
  severity: 'info',
  scope: 'succession',
  title: 'an offer asks for an ICE restart',
  cites: [cite('RFC 8839', '4.4.1.1.1'), cite('RFC 8445', '9')],
  explain:
    'New user fragment and password on the same transport ask both sides to gather candidates anew and to check them. The DTLS session and the media go on meanwhile.',
  fix: 'Nothing to repair: answer with new credentials of your own and trickle candidates for them.',
  exceptions: 'Another tag of the bundle is another transport, whose new credentials restart nothing.',
  examples: {
    bad: [
      conversation(
        'a restarts ICE',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 })),
      ),
    ],
    good: [
      conversation(
        'the same credentials again',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3 })),
      ),
    ],
  },
  check: ({ description, before, session }) => {
    if (description.type !== 'offer') return [];
    const restarted = keptTransports(before, description).find((kept) => changeOf(kept) === 'both');
    if (!restarted) return [];
    const number = restartsUntil(session, description.seq);
    const [old, now] = [restarted.before, restarted.after].map((s) => visible(s.ice.ufrag?.value ?? '', 16));
    const seconds = Math.round((description.t - before.t) / 1000);
    return [
      {
        message: `ICE restart no. ${Math.max(number, 1)} (ufrag ${old} → ${now}), asked for by ${visible(description.from, 30)} ${seconds} s after its last description.`,
        section: restarted.after,
        line: restarted.after.ice.ufrag?.line ?? restarted.after.line,
      },
    ];
  },
};
