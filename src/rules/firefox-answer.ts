/** How Firefox compares an answer with its offer, in its order: it refuses with the first thing it does not like. */
import type { Description } from '../core/model.ts';
import type { MSection } from '../sdp/sdp.ts';
import { firefoxRefuses } from './browser.ts';
import { receives, sends } from './direction.ts';
import { firefoxMid } from './mids.ts';

/** Firefox's sentence about an answer that does not fit its offer by its sections; undefined if they fit. */
export function firefoxOnAnswer(offer: Description, answer: Description): string | undefined {
  if (answer.type === 'pranswer') return firefoxRefuses('pranswer not yet implemented', 'NotSupportedError');
  const reason = firefoxOnSuccession(answer) ?? sectionReason(offer.sdp.media, answer.sdp.media);
  return reason === undefined ? undefined : firefoxRefuses(reason);
}

/** What Firefox finds when it compares a description with the same side's last one, without the API's prefix. */
export function firefoxOnSuccession(description: Description): string | undefined {
  const before = description.base?.transport.sdp.media;
  const now = description.sdp.media;
  if (!before) return undefined;
  if (before.length > now.length)
    return 'New remote description has fewer m-sections than the previous remote description.';
  const other = before.find((section, i) => !section.rejected && section.kind !== now[i]?.kind.toLowerCase());
  if (!other) return undefined;
  return `Remote description changes the media type of m-line ${other.index}; media type changes are only permitted when the m-section was previously disabled`;
}

function sectionReason(offered: readonly MSection[], answered: readonly MSection[]): string | undefined {
  if (offered.length !== answered.length)
    return `Offer and answer have different number of m-lines (${offered.length} vs ${answered.length})`;
  for (const [i, offer] of offered.entries()) {
    const answer = answered[i];
    const reason = answer && pairReason(offer, answer);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function pairReason(offer: MSection, answer: MSection): string | undefined {
  if (offer.kind.toLowerCase() !== answer.kind.toLowerCase())
    return `Answer and offer have different media types at m-line ${offer.index}`;
  if (answer.rejected) return undefined;
  if (offer.rejected) return 'Answer tried to enable an m-section that was disabled in the offer';
  if (!sends(offer) && receives(answer)) return 'Answer tried to set recv when offer did not set send';
  if (!receives(offer) && sends(answer)) return 'Answer tried to set send when offer did not set recv';
  const [was, now] = [firefoxMid(offer), firefoxMid(answer)];
  if (was === undefined || now === undefined || was === now) return undefined;
  return `Answer changes mid for level, was '${was}', now '${now}'`;
}
