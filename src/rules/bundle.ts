/** What rules about BUNDLE need to know: groups without their dead members, and what the session has agreed on. */
import type { Description, Session } from '../core/model.ts';
import { bundleGroups } from '../sdp/bundle.ts';
import type { Group, MSection, Sdp } from '../sdp/sdp.ts';

/** The first section of each mid. */
export function sectionsByMid(sdp: Sdp): ReadonlyMap<string, MSection> {
  const sections = new Map<string, MSection>();
  for (const section of sdp.media) {
    const mid = section.mid?.value;
    if (mid !== undefined && !sections.has(mid)) sections.set(mid, section);
  }
  return sections;
}

/** Mids in any BUNDLE group, with their group. */
export function groupOf(sdp: Sdp): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const group of bundleGroups(sdp)) for (const mid of group.mids) if (!groups.has(mid)) groups.set(mid, group);
  return groups;
}

/** The last answer before this description: its groups are the established ones (RFC 9143 7.3). */
export function establishedBy(session: Session, description: Description): Description | undefined {
  return session.rounds.findLast(
    ({ state, answer }) => state === 'complete' && answer !== undefined && answer.seq < description.seq,
  )?.answer;
}

/**
 * Live sections of this description that the session has bundled and that stand in no group any more. A recycled place
 * has another mid and does not count.
 */
export function leavers(established: Sdp, sdp: Sdp): readonly MSection[] {
  const before = groupOf(established);
  const now = groupOf(sdp);
  const old = sectionsByMid(established);
  return sdp.media.filter(({ mid, rejected }) => {
    if (mid === undefined || rejected || now.has(mid.value) || !before.has(mid.value)) return false;
    return old.get(mid.value)?.rejected === false;
  });
}
