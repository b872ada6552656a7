/** BUNDLE as the transports see it: which section's transport a section uses, and the attributes that hold there (rule G3). */
import type { Group, MSection, Sdp } from '../sdp.ts';

/** Per description: section → tag section of its BUNDLE group (itself, where it is not bundled). */
export type Tags = ReadonlyMap<MSection, MSection>;

const cache = new WeakMap<Sdp, Tags>();

/** The tag of each section. A group's tag is its first mid which names a live section (RFC 9143 7.1.2). */
export function tagsOf(sdp: Sdp): Tags {
  const known = cache.get(sdp);
  if (known !== undefined) return known;
  const sections = new Map<string, MSection>();
  for (const section of sdp.media) {
    if (section.mid !== undefined && !sections.has(section.mid.value)) sections.set(section.mid.value, section);
  }
  const tags = new Map<MSection, MSection>();
  for (const group of bundleGroups(sdp)) {
    const members = group.mids.map((mid) => sections.get(mid)).filter((section) => section !== undefined);
    const tag = members.find((section) => !section.rejected);
    if (tag === undefined) continue;
    for (const member of members) if (!member.rejected && !tags.has(member)) tags.set(member, tag);
  }
  for (const section of sdp.media) if (!tags.has(section)) tags.set(section, section);
  cache.set(sdp, tags);
  return tags;
}

export function bundleGroups(sdp: Sdp): readonly Group[] {
  return sdp.groups.filter((group) => group.semantics.toUpperCase() === 'BUNDLE');
}

/** The section whose transport this section uses: the tag of its bundle, or the section itself. */
export function tagOf(sdp: Sdp, section: MSection): MSection {
  return tagsOf(sdp).get(section) ?? section;
}

/** True if the section shares a transport: it is in a BUNDLE group with a live tag. */
export function isBundled(sdp: Sdp, section: MSection): boolean {
  const mid = section.mid?.value;
  return mid !== undefined && !section.rejected && bundleGroups(sdp).some((group) => group.mids.includes(mid));
}

/** ICE credentials in effect for a section. */
export interface Credentials {
  readonly ufrag: string | undefined;
  readonly pwd: string | undefined;
  readonly lines: readonly (number | undefined)[];
}

/** The section's own credentials, else the session's, else those of the tag of its bundle. */
export function credentialsOf(sdp: Sdp, section: MSection): Credentials {
  const tag = tagOf(sdp, section);
  const ufrag = section.ice.ufrag ?? tag.ice.ufrag;
  const pwd = section.ice.pwd ?? tag.ice.pwd;
  return { ufrag: ufrag?.value, pwd: pwd?.value, lines: [ufrag?.line, pwd?.line] };
}

/** Certificate fingerprints in effect, as sorted `hash digest` texts. */
export function fingerprintsOf(sdp: Sdp, section: MSection): { values: string[]; lines: number[] } {
  const own = section.dtls.fingerprints;
  const stated = own.length > 0 ? own : tagOf(sdp, section).dtls.fingerprints;
  const values = new Set(stated.map((print) => `${print.hash.toLowerCase()} ${print.digest.toUpperCase()}`));
  return { values: [...values].sort(), lines: stated.map((print) => print.line) };
}
