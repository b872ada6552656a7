/** SSRCs of a section by role: the n-th primary stream, its rtx (FID) or FEC (FEC-FR) partner. The number itself is free. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, SsrcGroup } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { sectionChange } from './context.ts';
import { list, shortId } from './words.ts';

/** One SSRC of a section. */
interface Source {
  readonly ssrc: string;
  /** `primary`, `rtx`, `fec`, or a group's semantics in lower case. */
  readonly role: string;
  readonly lines: number[];
  readonly attributes: Map<string, string>;
}

/** Class track: SSRCs which changed, came or went, cname and other source attributes, groups. */
export function diffSources(context: DiffContext, pair: SectionPair): Change[] {
  const before = sourcesOf(pair.before);
  const after = sourcesOf(pair.after);
  const match = matchSources(before, after);
  return [
    ...numberChange(context, pair, match),
    ...attributeChange(context, pair, match),
    ...groupChange(context, pair, match),
  ];
}

interface SourceMatch {
  readonly pairs: readonly (readonly [Source, Source])[];
  readonly removed: readonly Source[];
  readonly added: readonly Source[];
}

/** What `a=msid` says too: browsers write these lines in offers and leave them out in answers. */
const LABELS = new Set(['msid', 'mslabel', 'label']);
const ROLES: Readonly<Record<string, string>> = { FID: 'rtx', 'FEC-FR': 'fec', FEC: 'fec' };

function sourcesOf(section: MSection): Source[] {
  const roles = new Map<string, string>();
  for (const group of section.ssrcGroups) {
    const role = ROLES[group.semantics];
    if (role !== undefined) for (const ssrc of group.ssrcs.slice(1)) roles.set(ssrc, role);
  }
  const sources = new Map<string, Source>();
  for (const { ssrc, attribute, value, line } of section.ssrcs) {
    const source: Source = sources.get(ssrc) ?? {
      ssrc,
      role: roles.get(ssrc) ?? 'primary',
      lines: [],
      attributes: new Map(),
    };
    source.lines.push(line);
    note(source.attributes, attribute, value ?? '');
    sources.set(ssrc, source);
  }
  return [...sources.values()];
}

function note(attributes: Map<string, string>, attribute: string, value: string): void {
  const first = attributes.get(attribute);
  attributes.set(attribute, first === undefined ? value : `${first};${value}`);
}

/** Equal numbers first; what is left is the same source again if it has the same role, in order. */
function matchSources(before: readonly Source[], after: readonly Source[]): SourceMatch {
  const numbers = new Map(before.map((source) => [source.ssrc, source]));
  const pairs: [Source, Source][] = [];
  const rest: Source[] = [];
  for (const source of after) {
    const same = numbers.get(source.ssrc);
    if (same === undefined) rest.push(source);
    else pairs.push([same, source]);
    numbers.delete(source.ssrc);
  }
  const waiting = new Map<string, Source[]>();
  for (const source of [...numbers.values()].reverse()) {
    const same = waiting.get(source.role);
    if (same === undefined) waiting.set(source.role, [source]);
    else same.push(source);
  }
  const added = rest.filter((source) => {
    const old = waiting.get(source.role)?.pop();
    if (old !== undefined) pairs.push([old, source]);
    return old === undefined;
  });
  return { pairs, removed: [...waiting.values()].flat(), added };
}

function numberChange(context: DiffContext, pair: SectionPair, match: SourceMatch): Change[] {
  const renumbered = match.pairs.filter(([before, after]) => before.ssrc !== after.ssrc);
  const { removed, added } = match;
  if (renumbered.length === 0 && removed.length === 0 && added.length === 0) return [];
  const old = [...renumbered.map(([before]) => before), ...removed];
  const fresh = [...renumbered.map(([, after]) => after), ...added];
  const parts = [
    ...(renumbered.length > 0 ? [`${list(renumbered.map(numberWords), 3)} (new encoder)`] : []),
    ...(added.length > 0 ? [`${list(added.map(sourceName), 3)} added`] : []),
    ...(removed.length > 0 ? [`${list(removed.map(sourceName), 3)} removed`] : []),
  ];
  const draft = {
    class: 'track' as const,
    before: old.map(plain).sort(bySsrc),
    after: fresh.map(plain).sort(bySsrc),
    sentence: `${old.length > 1 || fresh.length > 1 ? 'SSRCs' : 'SSRC'}: ${parts.join('; ')}.`,
    linesBefore: old.flatMap((source) => source.lines),
    linesAfter: fresh.flatMap((source) => source.lines),
  };
  return [sectionChange(context, pair, 'ssrc', draft)];
}

function plain(source: Source): { readonly ssrc: string; readonly role: string } {
  return { ssrc: source.ssrc, role: source.role };
}

function bySsrc(left: { readonly ssrc: string }, right: { readonly ssrc: string }): number {
  return left.ssrc < right.ssrc ? -1 : 1;
}

function sourceName(source: Source): string {
  return `${visible(source.ssrc, 12)}${source.role === 'primary' ? '' : ` (${source.role})`}`;
}

function numberWords(pair: readonly [Source, Source]): string {
  const role = pair[1].role === 'primary' ? '' : `${pair[1].role} `;
  return `${role}${visible(pair[0].ssrc, 12)} → ${visible(pair[1].ssrc, 12)}`;
}

/** cname and other source attributes; the same change of several sources is said once. */
function attributeChange(context: DiffContext, pair: SectionPair, match: SourceMatch): Change[] {
  const changed = new Map<
    string,
    { name: string; before: string | null; after: string | null; sources: [Source, Source][] }
  >();
  for (const [before, after] of match.pairs) {
    for (const name of new Set([...before.attributes.keys(), ...after.attributes.keys()])) {
      const old = before.attributes.get(name) ?? null;
      const fresh = after.attributes.get(name) ?? null;
      const repeated = LABELS.has(name) && (old === null || fresh === null);
      if (old === fresh || repeated) continue;
      const key = JSON.stringify([name, old, fresh]);
      const entry = changed.get(key) ?? { name, before: old, after: fresh, sources: [] };
      entry.sources.push([before, after]);
      changed.set(key, entry);
    }
  }
  return [...changed.values()].map(({ name, before, after, sources }) => {
    const shown = (value: string | null) => (value === null ? 'none' : value.split(' ', 4).map(shortId).join(' '));
    return sectionChange(context, pair, `ssrc.${visible(name, 30)}`, {
      class: 'track',
      before,
      after,
      sentence: `${name === 'cname' ? 'Synchronisation name (cname)' : `SSRC attribute ${visible(name, 30)}`}: ${shown(before)} → ${shown(after)}.`,
      linesBefore: sources.flatMap(([old]) => old.lines.slice(0, 1)),
      linesAfter: sources.flatMap(([, fresh]) => fresh.lines.slice(0, 1)),
    });
  });
}

/** Groups compared by role, so that new numbers alone are not a second change. */
function groupChange(context: DiffContext, pair: SectionPair, match: SourceMatch): Change[] {
  // Matched sources get a number both sides share; others keep their own.
  const names = (side: 0 | 1) => new Map(match.pairs.map((sources, place) => [sources[side].ssrc, `#${place}`]));
  const keyed = (groups: MSection['ssrcGroups'], known: ReadonlyMap<string, string>) =>
    groups.map((group) => `${group.semantics} ${group.ssrcs.map((ssrc) => known.get(ssrc) ?? ssrc).join(' ')}`);
  const old = keyed(pair.before.ssrcGroups, names(0));
  const fresh = keyed(pair.after.ssrcGroups, names(1));
  const known = { old: new Set(old), fresh: new Set(fresh) };
  const removed = pair.before.ssrcGroups.filter((_group, place) => !known.fresh.has(old[place] ?? ''));
  const added = pair.after.ssrcGroups.filter((_group, place) => !known.old.has(fresh[place] ?? ''));
  if (removed.length === 0 && added.length === 0) return [];
  const shown = (groups: MSection['ssrcGroups']) =>
    list(
      groups.map((group) => visible(written(group), 40)),
      3,
    );
  const parts = [
    ...(added.length > 0 ? [`${shown(added)} added`] : []),
    ...(removed.length > 0 ? [`${shown(removed)} removed`] : []),
  ];
  return [
    sectionChange(context, pair, 'ssrc-group', {
      class: 'track',
      before: removed.map(written),
      after: added.map(written),
      sentence: `SSRC groups: ${parts.join('; ')}.`,
      linesBefore: removed.map((group) => group.line),
      linesAfter: added.map((group) => group.line),
    }),
  ];
}

function written(group: SsrcGroup): string {
  return `${group.semantics} ${group.ssrcs.join(' ')}`;
}
