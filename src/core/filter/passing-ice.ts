/** Follows the ICE credentials of messages on their way, so that rules can tell a restart before it has passed. */
import type { PartyId, Signal } from '../event.ts';
import { type Outline, otherPeerConnection, restartsIce, scanOutline } from '../outline.ts';
import { factsOf } from './facts.ts';
import type { IceFact } from './subject.ts';

interface Followed {
  last: Outline;
  readonly ufrags: string[];
}

/** Peer connections that are followed at a time; who was not heard of longest is forgotten first. */
const MOST = 1000;
/** Credentials that are remembered of one side. */
const MOST_UFRAGS = 100;

export interface PassingIce {
  /** What the credentials in these signals are. Each message once, in the order in which they come. */
  see(from: PartyId, link: string, signals: readonly Signal[]): readonly IceFact[];
}

export function createPassingIce(): PassingIce {
  const sides = new Map<string, Followed>();

  function described(key: string, sdp: string): readonly IceFact[] {
    const outline = scanOutline(sdp);
    const known = sides.get(key);
    const isNew = known === undefined || otherPeerConnection(known.last, outline);
    const side: Followed = isNew ? { last: outline, ufrags: [] } : known;
    const restart = !isNew && restartsIce(side.last, outline);
    side.last = outline;
    sides.delete(key);
    sides.set(key, side);
    if (sides.size > MOST) sides.delete(sides.keys().next().value ?? '');
    const ufrags = new Set(outline.sections.flatMap(({ rejected, ufrag }) => (rejected ? [] : (ufrag ?? []))));
    return [...ufrags].map((ufrag) => ({ generation: numberOf(side, ufrag), restart, stale: false }));
  }

  function gathered(key: string, ufrag: string | undefined): readonly IceFact[] {
    const side = sides.get(key);
    const index = ufrag === undefined || side === undefined ? -1 : side.ufrags.indexOf(ufrag);
    if (side === undefined || index < 0) return [];
    return [{ generation: index + 1, restart: false, stale: !side.last.sections.some((one) => one.ufrag === ufrag) }];
  }

  return {
    see(from, link, signals) {
      return signals.flatMap((signal) => {
        const key = `${link} ${from} ${'pc' in signal ? signal.pc : ''}`;
        if ('sdp' in signal) return described(key, signal.sdp);
        if (signal.type !== 'candidate') return [];
        const { ufrags, candidates } = factsOf(signal);
        return gathered(key, ufrags[0] ?? candidates[0]?.ufrag);
      });
    },
  };
}

function numberOf({ ufrags }: Followed, ufrag: string): number {
  const index = ufrags.indexOf(ufrag);
  if (index >= 0) return index + 1;
  if (ufrags.length >= MOST_UFRAGS) return MOST_UFRAGS;
  return ufrags.push(ufrag);
}
