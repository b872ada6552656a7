/** BUNDLE (RFC 9143): groups, their tagged section, and which section's ICE and DTLS attributes count. */
import type { Group, MSection, Sdp } from './sdp.ts';

/** The `a=group:BUNDLE` lines. */
export function bundleGroups(sdp: Sdp): Group[] {
  return sdp.groups.filter((group) => group.semantics.toUpperCase() === 'BUNDLE');
}

/** The sections that are not rejected; bundle-only ones are live (rules G1, G4). */
export function liveSections(sdp: Sdp): MSection[] {
  return sdp.media.filter((section) => !section.rejected);
}

/** For each bundled mid the tag of its group, and for each live mid its section. */
interface BundleIndex {
  readonly tags: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, MSection>;
}

/** Descriptions do not change, so each is indexed once: asking for every section of a large one stays linear. */
const INDEXES = new WeakMap<Sdp, BundleIndex>();

function indexOf(sdp: Sdp): BundleIndex {
  const known = INDEXES.get(sdp);
  if (known !== undefined) return known;
  const sections = new Map<string, MSection>();
  for (const section of liveSections(sdp)) {
    const mid = section.mid?.value;
    if (mid !== undefined && !sections.has(mid)) sections.set(mid, section);
  }
  const tags = new Map<string, string>();
  for (const { mids } of bundleGroups(sdp)) {
    const tag = mids.find((mid) => sections.has(mid)) ?? mids[0];
    for (const mid of mids) if (tag !== undefined && !tags.has(mid)) tags.set(mid, tag);
  }
  const index = { tags, sections };
  INDEXES.set(sdp, index);
  return index;
}

/**
 * The tag of the BUNDLE group a mid belongs to: its first mid that names a live section (rule G3), or its first mid if
 * none does. Undefined if the mid is in no BUNDLE group. What the group line says first is `group.mids[0]`.
 */
export function tagOf(sdp: Sdp, mid: string): string | undefined {
  return indexOf(sdp).tags.get(mid);
}

/**
 * The section whose ICE and DTLS attributes count for this one once the group is agreed: the tagged one of its group,
 * else itself. A first offer may still give each section a transport of its own.
 */
export function transportSection(sdp: Sdp, section: MSection): MSection {
  const mid = section.mid?.value;
  if (mid === undefined || section.rejected) return section;
  const { tags, sections } = indexOf(sdp);
  const tag = tags.get(mid);
  return tag === undefined ? section : (sections.get(tag) ?? section);
}
