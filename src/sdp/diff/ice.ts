/** ICE: restarts, credentials that moved with the bundle's tag, a new PeerConnection (rules B.5, C.3), told per manner of change. */
import type { Change, ChangeClass, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import { inSections } from './collapse.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { midName, sectionChange, sessionChange } from './context.ts';
import { type Credentials, credentialsOf, fingerprintsOf, isBundled, tagOf } from './transports.ts';
import { list } from './words.ts';

/** Sections whose credentials changed in the same way. */
interface Turn {
  readonly pairs: SectionPair[];
  readonly before: Credentials;
  readonly after: Credentials;
  readonly class: ChangeClass;
}

/** Changes of ICE credentials: classes ice-restart, transport-moved, new-pc; one per set of sections that share them. */
export function diffCredentials(context: DiffContext): Change[] {
  return turns(context).map((turn) => {
    const side = (which: Side) => turn.pairs.map((pair) => statedBy(context, pair, which));
    const draft = {
      class: turn.class,
      before: valueOfAll(side('committed')),
      after: valueOfAll(side('after')),
      sentence: sentenceOf(context, turn),
      linesBefore: side('committed').flatMap((credentials) => credentials.lines),
      linesAfter: side('after').flatMap((credentials) => credentials.lines),
      inCommitted: true,
    };
    const only = turn.pairs[0];
    const whole = turn.pairs.length > 1 || turn.pairs.length === context.live.length || only === undefined;
    return whole ? sessionChange(context, 'ice', draft) : sectionChange(context, only, 'ice', draft);
  });
}

type Side = 'committed' | 'after';

function statedBy(context: DiffContext, pair: SectionPair, side: Side): Credentials {
  return credentialsOf(context[side], pair[side]);
}

function turns(context: DiffContext): Turn[] {
  const found = new Map<string, Turn>();
  for (const pair of context.live) {
    const before = statedBy(context, pair, 'committed');
    const after = statedBy(context, pair, 'after');
    if (before.ufrag === after.ufrag && before.pwd === after.pwd) continue;
    const kind = joinsShared(context, pair, before, after) ? 'bundle' : classify(context, pair, before, after);
    const key = `${kind} ${kind === 'bundle' ? same(after, sharedBy(context, pair)) : shapeOf(before, after)} ${
      kind === 'transport-moved' ? movedWords(context, pair) : ''
    }`;
    const turn = found.get(key);
    if (turn === undefined) found.set(key, { pairs: [pair], before, after, class: kind });
    else turn.pairs.push(pair);
  }
  return [...found.values()];
}

/** Sections whose credentials changed in the same manner are told together, whether they share a transport or not. */
function shapeOf(before: Credentials, after: Credentials): string {
  const turns = [
    before.ufrag === after.ufrag,
    before.pwd === after.pwd,
    before.ufrag === undefined,
    after.ufrag === undefined,
  ];
  return turns.map(Number).join('');
}

function classify(context: DiffContext, pair: SectionPair, before: Credentials, after: Credentials): ChangeClass {
  const both = before.ufrag !== after.ufrag && before.pwd !== after.pwd;
  const stated = before.ufrag !== undefined && after.ufrag !== undefined;
  if (!both || !stated) return 'ice-restart';
  if (newCertificate(context, pair)) return 'new-pc';
  return tagMoved(context, pair) ? 'transport-moved' : 'ice-restart';
}

function newCertificate(context: DiffContext, pair: SectionPair): boolean {
  const before = fingerprintsOf(context.committed, pair.committed).values;
  const after = new Set(fingerprintsOf(context.after, pair.after).values);
  return before.length > 0 && after.size > 0 && !before.some((print) => after.has(print));
}

/** The section's transport is named by another mid now, because the tag changed or the section left or joined a bundle. */
function tagMoved(context: DiffContext, pair: SectionPair): boolean {
  const before = tagOf(context.committed, pair.committed);
  const after = tagOf(context.after, pair.after);
  if (before.mid === undefined || after.mid === undefined) return before.index !== after.index;
  return before.mid.value !== after.mid.value;
}

/** A bundled section now states what the tag states, or did so before: nothing moved if the tag's own credentials stayed. */
function joinsShared(context: DiffContext, pair: SectionPair, before: Credentials, after: Credentials): boolean {
  const tagBefore = credentialsOf(context.committed, tagOf(context.committed, pair.committed));
  const tagAfter = credentialsOf(context.after, tagOf(context.after, pair.after));
  const bundled = isBundled(context.committed, pair.committed) && isBundled(context.after, pair.after);
  return bundled && same(tagBefore, tagAfter) && same(before, tagBefore) !== same(after, tagAfter);
}

function same(left: Credentials, right: Credentials): boolean {
  return left.ufrag === right.ufrag && left.pwd === right.pwd;
}

/** One value for a shared transport, else one for each section. */
function valueOfAll(all: readonly Credentials[]): ChangeValue {
  const [first] = all;
  return first !== undefined && all.every((each) => same(each, first)) ? plain(first) : all.map(plain);
}

function plain(credentials: Credentials | undefined): ChangeValue {
  const { ufrag, pwd } = credentials ?? {};
  return ufrag === undefined && pwd === undefined ? null : { ufrag: ufrag ?? null, pwd: pwd ?? null };
}

function sentenceOf(context: DiffContext, turn: Turn): string {
  const { before, after } = turn;
  const names = (side: Side) =>
    list([...new Set(turn.pairs.map((pair) => visible(statedBy(context, pair, side).ufrag ?? 'none', 24)))], 4);
  const where = inSections(turn.pairs, context.live);
  const ufrags = `${names('committed')} → ${names('after')}`;
  if (turn.class === 'bundle')
    return `ICE credentials${where} ${turn.pairs.every((pair) => same(after, sharedBy(context, pair))) ? 'are now' : 'are no longer'} those of the bundle.`;
  if (turn.class === 'new-pc')
    return `re-created the PeerConnection${where}: new certificate and ICE credentials (ufrag ${ufrags}).`;
  if (turn.class === 'transport-moved')
    return `${movedWords(context, turn.pairs[0])}${where}, with new ICE credentials (ufrag ${ufrags}).`;
  if (before.ufrag === undefined) return `adds ICE credentials${where}: ufrag ${names('after')}.`;
  if (after.ufrag === undefined) return `drops the ICE credentials${where}: ufrag ${names('committed')} is gone.`;
  if (before.pwd === after.pwd)
    return `changes the ICE ufrag ${ufrags}${where} but keeps the password: an ICE restart must change both.`;
  if (before.ufrag === after.ufrag)
    return `changes the ICE password${where} but keeps ufrag ${names('after')}: an ICE restart must change both.`;
  return `restarts ICE${where}: ufrag ${ufrags}, new password.`;
}

function sharedBy(context: DiffContext, pair: SectionPair): Credentials {
  return credentialsOf(context.after, tagOf(context.after, pair.after));
}

/** `The shared transport moved from 'mid 0' to 'mid 1'` */
function movedWords(context: DiffContext, pair: SectionPair | undefined): string {
  if (pair === undefined) return '';
  const from = tagOf(context.committed, pair.committed);
  const to = tagOf(context.after, pair.after);
  const what = isBundled(context.after, pair.after) ? 'shared transport' : 'transport';
  return `The ${what} moved from ${midName(from)} to ${midName(to)}`;
}
