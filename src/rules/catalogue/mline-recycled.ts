import type { MSection } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const REJECTED = { kind: 'video', rejected: true, direction: 'inactive' } as const;

export const mlineRecycled: Rule = {
  id: 'mline-recycled',
  severity: 'info',
  scope: 'succession',
  title: 'the place of a rejected section is used again',
  cites: [cite('RFC 9429', '5.2.2'), cite('RFC 3264', '8.1')],
  explain:
    'A section that was rejected leaves its place free for another one, of any media type, under a new mid. Under its old mid it cannot come back: the answering side has stopped that transceiver for good, and its answer will not fit.',
  fix: 'Nothing to do for a new mid. To use a rejected section again add a new transceiver; do not change its port by hand.',
  examples: {
    bad: [
      conversation(
        'a new section in an old place',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
        b.answers(anAnswer(['audio', REJECTED], { version: 3 })),
        a.offers(anOffer(['audio', { kind: 'data', mid: '2' }], { version: 4 })),
      ),
      conversation(
        'stopped, and offered again under the same mid',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
        b.answers(anAnswer(['audio', REJECTED], { version: 3 })),
        a.offers(anOffer(['audio', 'video'], { version: 4 })),
      ),
    ],
    good: [
      conversation(
        'it stays rejected',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', REJECTED])),
        a.offers(anOffer(['audio', REJECTED], { version: 3 })),
      ),
    ],
  },
  check: ({ description, before, recyclable, lastRound }) => {
    if (description.type !== 'offer' || !lastRound) return [];
    return description.sdp.media.flatMap((now) => {
      const old = lastRound.offer.sdp.media[now.index];
      if (!old || now.rejected || !recyclable.has(now.index)) return [];
      if (old.mid?.value !== now.mid?.value) {
        const message = `${whose(description)} uses section ${now.index}, formerly ${nameOf(old)}, for ${nameOf(now)}.`;
        return [{ message, section: now }];
      }
      const own = before.sdp.media[now.index];
      const known = own?.rejected === false && sameTracks(own, now);
      const message = known ? continued(whose(description), now) : revived(whose(description), now);
      return [{ message, severity: known ? ('info' as const) : ('warning' as const), section: now }];
    });
  },
};

function revived(whoseOffer: string, section: MSection): string {
  return `${whoseOffer} brings ${nameOf(section)} back under its old mid although it was rejected: the other side has stopped that transceiver, and the answer will not fit.`;
}

/** The offerer has not noticed the rejection and goes on with the same transceiver, as aiortc does. */
function continued(whoseOffer: string, section: MSection): string {
  return `${whoseOffer} still wants ${nameOf(section)}, which was rejected in the last answer.`;
}

function sameTracks(one: MSection, other: MSection): boolean {
  const tracks = ({ msids }: MSection) => msids.map(({ stream, track }) => `${stream} ${track}`).join('\n');
  return tracks(one) === tracks(other);
}
