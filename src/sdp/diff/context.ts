/** What every part of the diff works on: the two descriptions, their matched m-sections and how to word a change. */
import type { Change, ChangeClass, ChangeValue } from '../change.ts';
import { visible } from '../printable.ts';
import type { MSection, Sdp } from '../sdp.ts';
import { kindWord } from './words.ts';

/** See `diffSdp`. */
export interface DiffOptions {
  /**
   * The side's last committed description, if it is newer than `before` (usually its last answer). ICE credentials,
   * fingerprints, candidates, bundle groups, live/rejected state and sections missing in `before` are compared with it.
   */
  readonly transport?: Sdp | undefined;
  /** `before` is an answer and `after` an offer: an answer says less, so what the offer says more is no change (rules C.1). */
  readonly answerToOffer?: boolean | undefined;
  /** Name of the side, to begin sentences with. */
  readonly who?: string | undefined;
  /** Indexes of m-lines that are free because the other side answered them with port 0 (rule G6). */
  readonly recyclable?: ReadonlySet<number> | undefined;
  /** Also return what has no meaning, as one last change of class `format`. */
  readonly verbose?: boolean | undefined;
}

/** An m-section found in both descriptions. */
export interface SectionPair {
  /** The section as the side last offered it. */
  readonly before: MSection;
  readonly after: MSection;
  /** The section in the newest committed description: the base for ICE, DTLS, candidates and port. */
  readonly committed: MSection;
  /** `before` comes from an answer: see `DiffOptions.answerToOffer`. */
  readonly fromAnswer: boolean;
  /** `before` stands in the committed description, not in the description given as `before`. */
  readonly beforeIsCommitted: boolean;
  /** One mid on both sides; false when matched by index. */
  readonly sameMid: boolean;
  /** `before` and `after` are the same line by line: nothing stated inside the section can differ. */
  readonly sameText: boolean;
}

/** An m-line whose slot now carries something else (rule G6). */
export interface RecycledSlot {
  readonly before: MSection;
  readonly after: MSection;
}

export interface DiffContext {
  readonly before: Sdp;
  readonly after: Sdp;
  /** `options.transport`, else `before`. */
  readonly committed: Sdp;
  readonly options: DiffOptions;
  readonly pairs: readonly SectionPair[];
  /** The pairs which are live on both sides: only these have contents worth comparing (rule G1). */
  readonly live: readonly SectionPair[];
  readonly added: readonly MSection[];
  readonly dropped: readonly MSection[];
  readonly recycled: readonly RecycledSlot[];
}

/** One part of the diff: looks at one kind of difference only. */
export type Differ = (context: DiffContext) => Change[];

/** Everything a change says, with `lines.before` counted in the committed description where `inCommitted` is set. */
export interface Draft {
  readonly class: ChangeClass;
  readonly before: ChangeValue;
  readonly after: ChangeValue;
  /** Begins with a verb in lower case where the side does something; see `verbatim`. */
  readonly sentence: string;
  /** The sentence begins with a name from the wire, such as `opus`: its spelling stays. */
  readonly verbatim?: boolean;
  readonly linesBefore: readonly (number | undefined)[];
  readonly linesAfter: readonly (number | undefined)[];
  readonly inCommitted?: boolean;
}

/** A change of the session as a whole. */
export function sessionChange(context: DiffContext, path: string, draft: Draft): Change {
  return finish(context, null, path, draft);
}

/** A change inside one m-section; `suffix` follows the section's own path. */
export function sectionChange(context: DiffContext, pair: SectionPair, suffix: string, draft: Draft): Change {
  const path = pair.sameMid ? sectionPath(pair.after) : `media[${pair.after.index}]`;
  const inCommitted = draft.inCommitted ?? pair.beforeIsCommitted;
  return finish(context, pair.after.mid?.value ?? null, suffix === '' ? path : `${path}.${suffix}`, {
    ...draft,
    inCommitted,
  });
}

function finish(context: DiffContext, mid: string | null, path: string, draft: Draft): Change {
  const elsewhere = draft.inCommitted === true && context.committed !== context.before;
  return {
    class: draft.class,
    mid,
    path,
    before: draft.before,
    after: draft.after,
    sentence: draft.verbatim === true ? draft.sentence : say(context, draft.sentence),
    lines: { before: lineNumbers(draft.linesBefore), after: lineNumbers(draft.linesAfter) },
    ...(elsewhere ? { beforeIn: 'committed' as const } : {}),
  };
}

/** `media[mid=0]`, or `media[0]` for a section without mid. */
export function sectionPath(section: MSection): string {
  return section.mid === undefined ? `media[${section.index}]` : `media[mid=${visible(section.mid.value, 40)}]`;
}

/** `video 'mid 1'`, or `video section 1` for a section without mid. */
export function sectionName(section: MSection): string {
  return `${kindName(section)} ${midName(section)}`;
}

/** `audio`, `video`, `data`. */
export function kindName(section: MSection): string {
  return kindWord(section.kind);
}

export function midName(section: MSection): string {
  return section.mid === undefined ? `section ${section.index}` : `'mid ${visible(section.mid.value, 20)}'`;
}

/** A sentence that begins with a verb in lower case gets its subject, or a capital where there is no name. */
function say(context: DiffContext, sentence: string): string {
  const first = sentence.charAt(0);
  if (first === first.toUpperCase()) return sentence;
  const who = context.options.who;
  return who === undefined ? first.toUpperCase() + sentence.slice(1) : `${visible(who, 30)} ${sentence}`;
}

function lineNumbers(lines: readonly (number | undefined)[]): number[] {
  const known = lines.filter((line): line is number => line !== undefined);
  return [...new Set(known)].sort((a, b) => a - b);
}

/** True for sections that carry RTP: anything but a data channel transport. */
export function isRtp(section: MSection): boolean {
  return section.protocol.toUpperCase().includes('RTP/');
}

/** What only one of two lists has, equal entries counted. */
export function multisetDifference<T>(left: readonly T[], right: readonly T[], key: (entry: T) => string): T[] {
  const counts = new Map<string, number>();
  for (const entry of right) counts.set(key(entry), (counts.get(key(entry)) ?? 0) + 1);
  return left.filter((entry) => {
    const count = counts.get(key(entry)) ?? 0;
    if (count > 0) counts.set(key(entry), count - 1);
    return count === 0;
  });
}
