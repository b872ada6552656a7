/** m-sections that appear, vanish, are rejected, revived or recycled (RFC 3264 8, RFC 9429 5.2.2), renamed or reordered. */
import type { Change, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Sdp } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, kindName, midName, sectionChange, sectionName, sectionPath, sessionChange } from './context.ts';
import { isBundled } from './transports.ts';
import { list, shortId } from './words.ts';

/** Classes section-added, section-rejected, section-revived, section-recycled. */
export function diffSections(context: DiffContext): Change[] {
  return [
    ...context.dropped.map((section) => droppedChange(context, section)),
    ...context.pairs.flatMap((pair) => portChange(context, pair)),
    ...context.recycled.map((slot) => recycledChange(context, slot.before, slot.after)),
    ...context.added.map((section) => addedChange(context, section)),
  ];
}

function addedChange(context: DiffContext, section: MSection): Change {
  const what = describe(section);
  const rejected = section.rejected ? 'rejected ' : '';
  const change = sessionChange(context, sectionPath(section), {
    class: 'section-added',
    before: null,
    after: summary(context.after, section),
    sentence: `adds ${rejected}${kindName(section)} section ${midName(section)}${what}.`,
    linesBefore: [],
    linesAfter: [section.line],
  });
  return { ...change, mid: section.mid?.value ?? null };
}

function droppedChange(context: DiffContext, section: MSection): Change {
  const change = sessionChange(context, sectionPath(section), {
    class: 'section-rejected',
    before: summary(context.committed, section),
    after: null,
    sentence: `drops ${kindName(section)} section ${midName(section)} altogether: its m-line is gone.`,
    linesBefore: [section.line],
    linesAfter: [],
    inCommitted: true,
  });
  return { ...change, mid: section.mid?.value ?? null };
}

/** Port 0 against a live section; contents of a dead section mean nothing (rule G1). */
function portChange(context: DiffContext, pair: SectionPair): Change[] {
  const before = pair.committed;
  const { after } = pair;
  if (before.rejected === after.rejected) return [];
  const sentence = after.rejected
    ? `stops ${kindName(after)} section ${midName(after)} (port 0).`
    : `brings ${kindName(after)} section ${midName(after)} back${describe(after)}.`;
  const draft = {
    class: after.rejected ? ('section-rejected' as const) : ('section-revived' as const),
    before: summary(context.committed, before),
    after: summary(context.after, after),
    sentence,
    linesBefore: [before.line],
    linesAfter: [after.line],
    inCommitted: true,
  };
  return [sectionChange(context, pair, '', draft)];
}

function recycledChange(context: DiffContext, before: MSection, after: MSection): Change {
  const sameMid = before.mid !== undefined && before.mid.value === after.mid?.value;
  const change = sessionChange(context, sameMid ? sectionPath(after) : `media[${after.index}]`, {
    class: 'section-recycled',
    before: summary(context.committed, before),
    after: summary(context.after, after),
    sentence: `reuses m-line ${after.index}: ${sectionName(before)} → ${sectionName(after)}${describe(after)}.`,
    linesBefore: [before.line],
    linesAfter: [after.line],
    inCommitted: true,
  });
  return { ...change, mid: after.mid?.value ?? null };
}

/** ` (sendonly, track cam2)`: what a reader wants to know of a section at first sight. */
function describe(section: MSection): string {
  if (!isRtp(section)) {
    const port = section.sctpPort === undefined ? '' : ` (SCTP port ${visible(section.sctpPort.value, 12)})`;
    return section.kind === 'application' ? port : '';
  }
  const tracks = trackNames(section);
  const sends = section.direction === 'sendrecv' || section.direction === 'sendonly';
  const label = sends && tracks.length > 0 ? `, ${tracks.length > 1 ? 'tracks' : 'track'} ${list(tracks, 3)}` : '';
  return ` (${section.direction}${label})`;
}

function trackNames(section: MSection): string[] {
  const names = section.msids.map((msid) => msid.track ?? msid.stream).filter((name) => name !== '-');
  return [...new Set(names)].map(shortId);
}

/** The section as plain data: what changes of class section-* hold as before and after. */
function summary(sdp: Sdp, section: MSection): ChangeValue {
  return {
    kind: section.kind,
    mid: section.mid?.value ?? null,
    index: section.index,
    rejected: section.rejected,
    direction: section.direction,
    protocol: section.protocol,
    bundled: isBundled(sdp, section),
    codecs: [...new Set(section.codecs.filter((codec) => codec.role === 'media').map((codec) => codec.name))],
    tracks: section.msids.map((msid) => (msid.track === undefined ? msid.stream : `${msid.stream} ${msid.track}`)),
  };
}

/** Class order: another order of the m-lines both have, and a live section whose mid was renamed. */
export function diffOrder(context: DiffContext): Change[] {
  const renamed = context.pairs.flatMap((pair) => renamedChange(context, pair));
  const common = context.pairs.filter((pair) => pair.sameMid);
  const before = [...common].sort((left, right) => left.committed.index - right.committed.index);
  const moved = common.filter((pair, place) => before[place] !== pair);
  if (moved.length === 0) return renamed;
  const names = (pairs: readonly SectionPair[]) => pairs.map((pair) => pair.after.mid?.value ?? '');
  const shown = (pairs: readonly SectionPair[]) => visible(names(pairs).join(' '), 40);
  const order = sessionChange(context, 'media', {
    class: 'order',
    before: names(before),
    after: names(common),
    sentence: `changes the order of the m-lines: mids ${shown(before)} → ${shown(common)}.`,
    linesBefore: moved.map((pair) => pair.committed.line),
    linesAfter: moved.map((pair) => pair.after.line),
    inCommitted: true,
  });
  return [order, ...renamed];
}

function renamedChange(context: DiffContext, pair: SectionPair): Change[] {
  const before = pair.committed.mid;
  const after = pair.after.mid;
  if (before?.value === after?.value) return [];
  const kind = kindName(pair.after);
  const quoted = (mid: string) => `'${visible(mid, 24)}'`;
  let sentence = `renames the ${kind} section in m-line ${pair.after.index}: mid ${quoted(before?.value ?? '')} → ${quoted(after?.value ?? '')}.`;
  if (before === undefined)
    sentence = `gives m-line ${pair.after.index} (${kind}) the mid ${quoted(after?.value ?? '')}.`;
  if (after === undefined)
    sentence = `takes the mid ${quoted(before?.value ?? '')} from m-line ${pair.after.index} (${kind}).`;
  const draft = {
    class: 'order' as const,
    before: before?.value ?? null,
    after: after?.value ?? null,
    sentence,
    linesBefore: [before?.line ?? pair.committed.line],
    linesAfter: [after?.line ?? pair.after.line],
    inCommitted: true,
  };
  return [sectionChange(context, pair, 'mid', draft)];
}
