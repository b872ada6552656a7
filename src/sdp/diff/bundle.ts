/** BUNDLE (RFC 9143): membership, tag, `a=bundle-only`; other groups (lip sync, FID) by their members. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { Group, Sdp } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { midName, sectionChange, sessionChange } from './context.ts';
import { bundleGroups, isBundled } from './transports.ts';
import { list } from './words.ts';

/** Class bundle. Sections that are new, gone or recycled bring their membership with them and are not listed again. */
export function diffBundle(context: DiffContext): Change[] {
  return [
    ...groupChanges(context),
    ...strangerChanges(context),
    ...memberChanges(context),
    ...otherGroupChanges(context),
    ...bundleOnlyChanges(context),
  ];
}

/** A group that appears, vanishes or has another tag. Groups are told apart by their place among the BUNDLE groups. */
function groupChanges(context: DiffContext): Change[] {
  const before = bundleGroups(context.committed);
  const after = bundleGroups(context.after);
  const places = Math.max(before.length, after.length);
  return Array.from({ length: places }, (_unused, place) => place).flatMap((place) => {
    const old = before[place];
    const fresh = after[place];
    const path = place === 0 ? 'group.BUNDLE' : `group.BUNDLE[${place}]`;
    if (old === undefined || fresh === undefined) return [wholeGroup(context, path, old, fresh)];
    return tagChange(context, path, old, fresh);
  });
}

function wholeGroup(context: DiffContext, path: string, before: Group | undefined, after: Group | undefined): Change {
  const mids = (group: Group | undefined) =>
    `mid${group?.mids.length === 1 ? '' : 's'} ${visible(list([...(group?.mids ?? [])]), 60)}`;
  return sessionChange(context, path, {
    class: 'bundle',
    before: before === undefined ? null : [...before.mids],
    after: after === undefined ? null : [...after.mids],
    sentence:
      after === undefined
        ? `drops the bundle of ${mids(before)}: every section has a transport of its own.`
        : `bundles ${mids(after)} on one transport.`,
    linesBefore: [before?.line],
    linesAfter: [after?.line],
    inCommitted: true,
  });
}

function tagChange(context: DiffContext, path: string, before: Group, after: Group): Change[] {
  const old = before.mids[0];
  const fresh = after.mids[0];
  if (old === fresh) return [];
  const shown = (mid: string | undefined) => (mid === undefined ? 'none' : `'mid ${visible(mid, 24)}'`);
  const draft = {
    class: 'bundle' as const,
    before: old ?? null,
    after: fresh ?? null,
    sentence: `The first section of the bundle, which names its transport, is now ${shown(fresh)} (was ${shown(old)}).`,
    linesBefore: [before.line],
    linesAfter: [after.line],
    inCommitted: true,
  };
  return [sessionChange(context, `${path}.tag`, draft)];
}

/** Mids in a group which no section has: a leftover of munging, or of a section that was dropped. */
function strangerChanges(context: DiffContext): Change[] {
  const before = strangers(context.committed);
  const after = strangers(context.after);
  if (before.join(' ') === after.join(' ')) return [];
  const shown = (mids: readonly string[]) => (mids.length === 0 ? 'none' : list(mids.map((mid) => visible(mid, 24))));
  const draft = {
    class: 'bundle' as const,
    before,
    after,
    sentence: `Mids in the bundle that no section has: ${shown(before)} → ${shown(after)}.`,
    linesBefore: bundleGroups(context.committed).map((group) => group.line),
    linesAfter: bundleGroups(context.after).map((group) => group.line),
    inCommitted: true,
  };
  return [sessionChange(context, 'group.BUNDLE.unknown', draft)];
}

function strangers(sdp: Sdp): string[] {
  const known = new Set(sdp.media.map((section) => section.mid?.value));
  const mids = bundleGroups(sdp).flatMap((group) => group.mids);
  return [...new Set(mids.filter((mid) => !known.has(mid)))].sort();
}

/** Sections both sides have, whose membership changed while the group itself stayed. */
function memberChanges(context: DiffContext): Change[] {
  const before = memberships(bundleGroups(context.committed));
  const after = memberships(bundleGroups(context.after));
  const groups = { before: bundleGroups(context.committed).length, after: bundleGroups(context.after).length };
  return context.pairs.flatMap((pair) => {
    const old = before.get(pair.committed.mid?.value ?? '');
    const fresh = after.get(pair.after.mid?.value ?? '');
    const groupStays = (old ?? 0) < groups.after && (fresh ?? 0) < groups.before;
    return old === fresh || !groupStays ? [] : [memberChange(context, pair, old, fresh)];
  });
}

function memberChange(
  context: DiffContext,
  pair: SectionPair,
  old: number | undefined,
  fresh: number | undefined,
): Change {
  const name = midName(pair.after);
  let sentence = `moves ${name} to another bundle.`;
  if (old === undefined)
    sentence = pair.after.rejected
      ? `lists the stopped ${name} in the bundle.`
      : `puts ${name} into the bundle: it uses the shared transport.`;
  if (fresh === undefined)
    sentence = pair.after.rejected
      ? `takes the stopped ${name} out of the bundle.`
      : `takes ${name} out of the bundle: it needs a transport of its own.`;
  return sectionChange(context, pair, 'bundle', {
    class: 'bundle',
    before: old ?? null,
    after: fresh ?? null,
    sentence,
    linesBefore: [groupLine(bundleGroups(context.committed), old)],
    linesAfter: [groupLine(bundleGroups(context.after), fresh)],
    inCommitted: true,
  });
}

function groupLine(groups: readonly Group[], place: number | undefined): number | undefined {
  return groups[place ?? 0]?.line;
}

/** mid → place of its BUNDLE group. */
function memberships(groups: readonly Group[]): Map<string, number> {
  const found = new Map<string, number>();
  groups.forEach((group, place) => {
    for (const mid of group.mids) if (!found.has(mid)) found.set(mid, place);
  });
  return found;
}

function otherGroupChanges(context: DiffContext): Change[] {
  const others = (groups: readonly Group[]) => {
    const texts = new Map<string, Group>();
    for (const group of groups) {
      if (group.semantics.toUpperCase() !== 'BUNDLE')
        texts.set(`${group.semantics} ${[...group.mids].sort().join(' ')}`, group);
    }
    return texts;
  };
  const before = others(context.committed.groups);
  const after = others(context.after.groups);
  const gone = [...before].filter(([text]) => !after.has(text));
  const fresh = [...after].filter(([text]) => !before.has(text));
  const shown = (text: string) => visible(text, 40);
  return [
    ...gone.map(([text, group]) =>
      otherGroup(context, [...group.mids], null, `drops the group ${shown(text)}.`, group),
    ),
    ...fresh.map(([text, group]) =>
      otherGroup(context, null, [...group.mids], `adds the group ${shown(text)}.`, group),
    ),
  ];
}

function otherGroup(
  context: DiffContext,
  before: string[] | null,
  after: string[] | null,
  sentence: string,
  group: Group,
): Change {
  return sessionChange(context, `group.${visible(group.semantics, 20)}`, {
    class: 'bundle',
    before,
    after,
    sentence,
    linesBefore: before === null ? [] : [group.line],
    linesAfter: after === null ? [] : [group.line],
    inCommitted: true,
  });
}

function bundleOnlyChanges(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => {
    if (pair.before.bundleOnly === pair.after.bundleOnly) return [];
    const name = midName(pair.after);
    const draft = {
      class: 'bundle' as const,
      before: pair.before.bundleOnly,
      after: pair.after.bundleOnly,
      sentence: pair.after.bundleOnly
        ? `offers ${name} for the shared transport only (bundle-only).`
        : `offers ${name} ${isBundled(context.after, pair.after) ? 'as a full member of the bundle' : 'with a transport of its own'} (no longer bundle-only).`,
      linesBefore: [pair.before.line],
      linesAfter: [pair.after.line],
    };
    return [sectionChange(context, pair, 'bundle-only', draft)];
  });
}
