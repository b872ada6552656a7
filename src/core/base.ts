/** Which earlier description a new one has to be compared with (rules C.1, guard G5). */
import type { Description, Side } from './model.ts';

/**
 * Fixed when the description arrives. For an offer the media base is the side's last committed offer, for an answer its
 * last committed answer, each else the other; the transport base is its last committed description of either type.
 * Superseded, rolled-back, refused and unanswered descriptions never count. Undefined: nothing committed before.
 */
export function baseOf(side: Side, type: Description['type']): Description['base'] {
  const { committed, committedOffer, committedAnswer } = side;
  if (committed === undefined) return undefined;
  const media = type === 'offer' ? (committedOffer ?? committedAnswer) : (committedAnswer ?? committedOffer);
  return { media: media ?? committed, transport: committed };
}
