/** RTP sections without `a=rtcp-mux` and what browsers say about them: they know no other way (RFC 9429 4.1.1). */
import type { Description } from '../core/model.ts';
import type { MSection } from '../sdp/sdp.ts';
import { isRtp } from '../sdp/section.ts';
import { chromeRefuses, firefoxRefuses } from './browser.ts';
import { groupOf } from './bundle.ts';
import { isInsecure } from './insecure.ts';
import { effectiveMids } from './mids.ts';
import type { Refusal } from './rule.ts';
import { goesOn } from './transport.ts';
import { transportRefusal } from './transport-refusal.ts';

/** Live audio and video sections without it. Those without DTLS are another matter, and so is the answer to an offer without it. */
export function muxless(description: Description): readonly MSection[] {
  const offered = description.type === 'offer' ? undefined : description.round?.offer.sdp.media;
  return description.sdp.media.filter((section) => {
    if (section.rejected || section.rtcpMux !== undefined || !isMedia(section)) return false;
    const offer = offered?.[section.index];
    return !isInsecure(description, section) && (offer === undefined || offer.rtcpMux !== undefined);
  });
}

function isMedia({ kind, protocol }: MSection): boolean {
  return (kind === 'audio' || kind === 'video') && isRtp(protocol);
}

/** The side's last committed description had this very section with `a=rtcp-mux`. */
export function hadMux({ base }: Description, section: MSection): boolean {
  const before = base?.transport.sdp.media[section.index];
  return before !== undefined && before.rtcpMux !== undefined && goesOn(before, section);
}

/** What browsers say about these sections, unless they stop at a missing credential or fingerprint before. */
export function muxRefusal(description: Description, sections: readonly MSection[]): Refusal {
  const first = sections[0];
  if (!first) return {};
  const earlier = transportRefusal(description, ['ufrag', 'pwd', 'fingerprint']);
  const firefox = firefoxRefuses(
    `m-section at level ${first.index} is missing a=rtcp-mux, which is required by rtcpMuxPolicy`,
  );
  return {
    ...(earlier.chrome?.includes('Called with SDP without') ? {} : { chrome: chromeSays(description, sections) }),
    ...(earlier.firefox ? {} : { firefox }),
  };
}

function chromeSays(description: Description, sections: readonly MSection[]): string {
  const mids = effectiveMids(description);
  const grouped = groupOf(description.sdp);
  const midOf = ({ index }: MSection): string => mids[index] ?? '';
  if (sections.some((section) => grouped.has(midOf(section))))
    return chromeRefuses(description, 'rtcp-mux must be enabled when BUNDLE is enabled.');
  const mid = midOf(sections[0] as MSection);
  return chromeRefuses(
    description,
    `The m= section with mid='${mid}' is invalid. RTCP-MUX is not enabled when it is required.`,
  );
}
