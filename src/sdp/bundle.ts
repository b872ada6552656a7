/** BUNDLE (RFC 9143): groups, their tagged section, and which section's ICE and DTLS attributes count. */
import type { Group, MSection, Sdp } from './sdp.ts';

/** The `a=group:BUNDLE` lines. */
export function bundleGroups(sdp: Sdp): Group[] {
  return sdp.groups.filter((group) => group.semantics.toUpperCase() === 'BUNDLE');
}

/**
 * The tag of the group a mid belongs to: its first mid that names a live section (rule G3), or simply its first mid if
 * none does. Undefined if the mid is in no BUNDLE group.
 */
export function tagOf(sdp: Sdp, mid: string): string | undefined {
  const group = bundleGroups(sdp).find(({ mids }) => mids.includes(mid));
  if (group === undefined) return undefined;
  const live = new Set(liveSections(sdp).map((section) => section.mid?.value));
  return group.mids.find((member) => live.has(member)) ?? group.mids[0];
}

/** The section whose ICE and DTLS attributes count for this one: the tagged one of its group, else itself. */
export function transportSection(sdp: Sdp, section: MSection): MSection {
  const mid = section.mid?.value;
  if (mid === undefined || section.rejected) return section;
  const tag = tagOf(sdp, mid);
  if (tag === undefined) return section;
  return sdp.media.find((other) => other.mid?.value === tag && !other.rejected) ?? section;
}

/** The sections that are not rejected; bundle-only ones are live (rules G1, G4). */
export function liveSections(sdp: Sdp): MSection[] {
  return sdp.media.filter((section) => !section.rejected);
}
