/** Puts consequences under their cause (rules C.3, last paragraph): one action of an application is one change. */
import type { Change } from '../change.ts';
import type { DiffContext } from './context.ts';
import { bundleGroups } from './transports.ts';

/** What rules need to know of the descriptions. */
interface Facts {
  /** Mids that are the tag of a BUNDLE group before or after, and those in their slots. */
  readonly tags: ReadonlySet<string>;
  /** Mids of sections which are live on both sides. */
  readonly kept: ReadonlySet<string>;
}

/** `session`: the cause explains effects anywhere. `section`: only in its own section. */
interface FoldRule {
  readonly scope: 'session' | 'section';
  readonly cause: (change: Change, facts: Facts) => boolean;
  readonly effect: (change: Change, facts: Facts) => boolean;
}

const isCandidates = (change: Change) => change.class === 'candidates' && change.path.endsWith('candidates');
const isTag = (change: Change) => change.class === 'bundle' && change.path.endsWith('.tag');
const isIce = (change: Change) => /(^|\.)ice$/.test(change.path);
const isMoved = (change: Change) => change.class === 'transport-moved' && isIce(change);
const isSources = (change: Change) => change.class === 'track' && /\.ssrc(-group|\.[^.]+)?$/.test(change.path);

/** In this order: a cause that was itself folded under another takes its consequences along. */
const RULES: readonly FoldRule[] = [
  // An ICE restart or a new transport begins with new candidates.
  {
    scope: 'session',
    cause: (change) => change.class === 'ice-restart' && change.path === 'ice',
    effect: isCandidates,
  },
  { scope: 'section', cause: (change) => change.class === 'ice-restart', effect: isCandidates },
  {
    scope: 'session',
    cause: (change) => change.class === 'new-pc',
    effect: (change) => isCandidates(change) || change.class === 'track' || isTag(change) || isNewPeer(change),
  },
  { scope: 'session', cause: (change) => change.class === 'bundle' && isIce(change), effect: isCandidates },
  { scope: 'session', cause: isMoved, effect: (change) => isTag(change) || isCandidates(change) },
  // A section that comes, goes or is reused takes its place in the bundle along; if it is the tag, the transport too.
  {
    scope: 'section',
    cause: isSectionState,
    effect: (change) => change.class === 'bundle' && change.path.endsWith('.bundle'),
  },
  {
    scope: 'session',
    cause: (change, { tags }) => isSectionState(change) && change.mid !== null && tags.has(change.mid),
    effect: (change) => isMoved(change) || isTag(change),
  },
  { scope: 'session', cause: isSectionState, effect: isStrangersGroup },
  { scope: 'section', cause: (change) => change.path.endsWith('.bundle'), effect: isMoved },
  { scope: 'session', cause: isWholeGroup, effect: isMoved },
  // removeTrack(), replaceTrack(), direction: what is sent changes, and with it the codecs worth listing.
  {
    scope: 'section',
    cause: (change) => change.class === 'direction',
    effect: (change) => change.class === 'track' || isOneWayCodecSet(change) || change.class === 'order',
  },
  {
    scope: 'section',
    cause: (change) => change.path.includes('.simulcast.'),
    effect: (change) => change.path.endsWith('.rid'),
  },
  { scope: 'section', cause: (change) => change.path.endsWith('.msid'), effect: isSources },
  { scope: 'section', cause: (change) => change.path.endsWith('.ssrc'), effect: isSources },
  { scope: 'section', cause: (change) => change.class === 'codec-set', effect: isFirstGone },
  {
    scope: 'session',
    cause: (change) => change.path === 'direction',
    effect: (change) => change.class === 'direction',
  },
];

function isWholeGroup(change: Change): boolean {
  return /^group\.BUNDLE(\[\d+\])?$/.test(change.path);
}

/** A bundle that comes or goes together with all its sections. */
function isStrangersGroup(change: Change, { kept }: Facts): boolean {
  if (!isWholeGroup(change)) return false;
  const mids = [change.before, change.after].flatMap((value) => (Array.isArray(value) ? value : []));
  return !mids.some((mid) => kept.has(mid));
}

function isSectionState(change: Change): boolean {
  return change.class.startsWith('section-');
}

/** What every new PeerConnection has of its own. */
function isNewPeer(change: Change): boolean {
  return change.path === 'origin' || (change.class === 'dtls' && /(^|\.)(fingerprint|tls-id)$/.test(change.path));
}

/** Only additions or only removals: what a browser does to a section that begins or stops to send. */
function isOneWayCodecSet(change: Change): boolean {
  if (change.class !== 'codec-set') return false;
  return (change.before as readonly unknown[]).length === 0 || (change.after as readonly unknown[]).length === 0;
}

/** The preferred codec is another one only because the old one is gone. */
function isFirstGone(change: Change): boolean {
  if (change.class !== 'codec-order') return false;
  const before = change.before as readonly unknown[];
  return !(change.after as readonly unknown[]).includes(before[0]);
}

/** Returns the changes that stand for themselves, in their order, with what follows from them folded in. */
export function foldCauses(context: DiffContext, changes: readonly Change[]): Change[] {
  const tags = new Set(
    [context.committed, context.after].flatMap((sdp) => bundleGroups(sdp).map((group) => group.mids[0] ?? '')),
  );
  for (const slot of context.recycled)
    if (tags.has(slot.before.mid?.value ?? '')) tags.add(slot.after.mid?.value ?? '');
  const kept = new Set(context.live.flatMap((pair) => [pair.committed.mid?.value ?? '', pair.after.mid?.value ?? '']));
  const facts = { tags, kept };
  const folded = new Map<Change, Change[]>();
  const gone = new Set<Change>();
  for (const rule of RULES) {
    const causes = causesOf(rule, changes, gone, facts);
    for (const change of changes) {
      if (gone.has(change) || !rule.effect(change, facts)) continue;
      const cause = causes.get(rule.scope === 'session' ? '' : placeOf(change));
      if (cause === undefined || cause === change) continue;
      const under = folded.get(cause);
      if (under === undefined) folded.set(cause, [change]);
      else under.push(change);
      gone.add(change);
    }
  }
  return changes.filter((change) => !gone.has(change)).map((change) => withFolded(change, folded));
}

/** The first cause per place; a cause that is folded already does not take more. */
function causesOf(
  rule: FoldRule,
  changes: readonly Change[],
  gone: ReadonlySet<Change>,
  facts: Facts,
): Map<string, Change> {
  const causes = new Map<string, Change>();
  for (const change of changes) {
    if (gone.has(change) || !rule.cause(change, facts)) continue;
    const place = rule.scope === 'session' ? '' : placeOf(change);
    if (!causes.has(place)) causes.set(place, change);
  }
  return causes;
}

/** `media[mid=1]` of a path; '' for the session. */
function placeOf(change: Change): string {
  return /^media\[[^\]]*\]/.exec(change.path)?.[0] ?? '';
}

function withFolded(change: Change, folded: ReadonlyMap<Change, readonly Change[]>): Change {
  const under = folded.get(change);
  return under === undefined ? change : { ...change, folded: under.map((each) => withFolded(each, folded)) };
}
