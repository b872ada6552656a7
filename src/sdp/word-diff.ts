/** Which words of two lines are not the same, for marks inside a changed line. */
import { diffLines } from './line-diff.ts';

export interface Segment {
  readonly text: string;
  readonly changed: boolean;
}

export interface WordDiff {
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

/** Words, numbers and base64 runs; every blank and sign by itself. */
const WORD = /[\p{L}\p{N}_+/]+|[\s\S]/gu;
/** Longer lines are marked whole. */
const LONGEST = 2000;
/** Lines that share less than this part of their letters are other lines, not changed ones. */
const LEAST_COMMON = 0.3;

/** Both lines in pieces; joined they are the lines again. */
export function diffWords(before: string, after: string): WordDiff {
  const whole = { before: [{ text: before, changed: true }], after: [{ text: after, changed: true }] };
  if (before.length > LONGEST || after.length > LONGEST) return whole;
  const edits = diffLines(before.match(WORD) ?? [], after.match(WORD) ?? []);
  const common = edits.reduce((sum, { op, text }) => sum + (op === 'same' && text.trim() !== '' ? text.length : 0), 0);
  if (common < Math.max(before.length, after.length) * LEAST_COMMON) return whole;
  const side = (other: 'added' | 'removed') =>
    joined(edits.filter(({ op }) => op !== other).map(({ op, text }) => ({ text, changed: op !== 'same' })));
  return { before: side('added'), after: side('removed') };
}

function joined(segments: readonly Segment[]): readonly Segment[] {
  const whole: Segment[] = [];
  for (const { text, changed } of segments) {
    const last = whole.at(-1);
    if (last !== undefined && last.changed === changed) whole[whole.length - 1] = { text: last.text + text, changed };
    else whole.push({ text, changed });
  }
  return whole;
}

/** Pairs a removed line with the added one that says the same thing anew: both begin alike, and pairs do not cross. */
export function pairLines(
  removed: readonly string[],
  added: readonly string[],
): readonly (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  for (const [index, text] of added.entries()) {
    const there = places.get(subject(text));
    if (there === undefined) places.set(subject(text), [index]);
    else there.push(index);
  }
  const pairs: (readonly [number, number])[] = [];
  let next = 0;
  for (const [index, text] of removed.entries()) {
    const left = places.get(subject(text));
    while (left?.[0] !== undefined && left[0] < next) left.shift();
    const found = left?.shift();
    if (found === undefined) continue;
    pairs.push([index, found]);
    next = found + 1;
  }
  return pairs;
}

/** `a=fmtp`, `m=`: what a line is about. */
const subject = (line: string): string => /^[a-z]=(?:[\w-]+(?=:))?/.exec(line)?.[0] ?? line.slice(0, 4);
