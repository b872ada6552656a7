/** What a section sends: `a=msid` labels and SSRCs by role (primary, rtx, FEC), RFC 8830 and RFC 5576. */
import type { Change } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Msid } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { isRtp, sectionChange } from './context.ts';
import { diffSources } from './sources.ts';
import { list, shortId } from './words.ts';

/** Class track. The section is the track's identity: another msid is another label, not another track (rules C.2). */
export function diffTracks(context: DiffContext): Change[] {
  return context.live.flatMap((pair) => {
    if (pair.sameText || !isRtp(pair.after)) return [];
    return [...labelChange(context, pair), ...diffSources(context, pair)];
  });
}

function labelChange(context: DiffContext, pair: SectionPair): Change[] {
  const stated = pair.before.msids.length > 0 || pair.after.msids.length > 0;
  const before = stated ? pair.before.msids : sourceLabels(pair.before);
  const after = stated ? pair.after.msids : sourceLabels(pair.after);
  const removed = without(before, after);
  const added = without(after, before);
  if (removed.length === 0 && added.length === 0) return [];
  const draft = {
    class: 'track' as const,
    before: before.map(written),
    after: after.map(written),
    sentence: labelSentence(visible(pair.after.kind, 20), removed, added),
    linesBefore: removed.map((msid) => msid.line),
    linesAfter: added.map((msid) => msid.line),
  };
  return [sectionChange(context, pair, 'msid', draft)];
}

/** The msid of `a=ssrc` lines, for descriptions without `a=msid` (Plan B, GStreamer). */
function sourceLabels(section: MSection): readonly Msid[] {
  const labels = new Map<string, Msid>();
  for (const { attribute, value, line } of section.ssrcs) {
    if (attribute !== 'msid' || value === undefined || labels.has(value)) continue;
    const [stream = '', track] = value.split(' ');
    labels.set(value, { stream, track, line });
  }
  return [...labels.values()];
}

function without(left: readonly Msid[], right: readonly Msid[]): Msid[] {
  const known = new Set(right.map(written));
  return left.filter((msid) => !known.has(written(msid)));
}

function written(msid: Msid): string {
  return msid.track === undefined ? msid.stream : `${msid.stream} ${msid.track}`;
}

function labelSentence(kind: string, removed: readonly Msid[], added: readonly Msid[]): string {
  const names = (msids: readonly Msid[]) => list([...new Set(msids.map(trackName))], 3);
  if (removed.length === 0) return `labels the ${kind} track ${names(added)}${streams(added)}.`;
  if (added.length === 0) return `removes the ${kind} track label ${names(removed)}.`;
  if (names(removed) === names(added))
    return `moves the ${kind} track to ${streamWords(added)} (was ${streamWords(removed)}).`;
  return `relabels the ${kind} track: ${names(removed)} → ${names(added)}.`;
}

function trackName(msid: Msid): string {
  return shortId(msid.track ?? msid.stream);
}

function streams(msids: readonly Msid[]): string {
  return msids.some((msid) => msid.track !== undefined && msid.stream !== '-') ? ` (${streamWords(msids)})` : '';
}

function streamWords(msids: readonly Msid[]): string {
  const names = [...new Set(msids.map((msid) => shortId(msid.stream)))].filter((name) => name !== '-');
  if (names.length === 0) return 'no stream';
  return `${names.length > 1 ? 'streams' : 'stream'} ${list(names, 3)}`;
}
