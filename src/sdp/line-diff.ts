/** Which lines of two texts are the same, by text alone: the shortest edit script (Myers 1986), bounded for hostile input. */
import { finished, type Steps } from './steps.ts';

export interface LineEdit {
  readonly op: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Line numbers from 1; undefined on the side that lacks the line. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Texts that differ in more lines than this are shown as replaced as a whole between their common start and end. */
const MOST_EDITS = 1000;
const EDITS_A_STEP = 50;

/** Every line of both texts in order, removals before additions. */
export function diffLines(before: readonly string[], after: readonly string[]): LineEdit[] {
  return finished(diffingLines(before, after));
}

/** The same in steps. */
export function* diffingLines(before: readonly string[], after: readonly string[]): Steps<LineEdit[]> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [endBefore, endAfter] = [before.length - tail, after.length - tail];
  const same = yield* matches(before.slice(start, endBefore), after.slice(start, endAfter));

  const edits: LineEdit[] = [];
  let [i, j] = [0, 0];
  const keep = () => edits.push({ op: 'same', text: before[i] ?? '', before: ++i, after: ++j });
  const change = (toBefore: number, toAfter: number) => {
    while (i < toBefore) edits.push({ op: 'removed', text: before[i] ?? '', before: ++i, after: undefined });
    while (j < toAfter) edits.push({ op: 'added', text: after[j] ?? '', before: undefined, after: ++j });
  };
  while (i < start) keep();
  for (const [x, y] of same) {
    change(start + x, start + y);
    keep();
  }
  change(endBefore, endAfter);
  while (i < before.length) keep();
  return edits;
}

/** Pairs of indexes of equal lines, ascending in both. */
function* matches(before: readonly string[], after: readonly string[]): Steps<(readonly [number, number])[]> {
  const trace = yield* forward(before, after);
  if (trace === undefined) return [];
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [before.length, after.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reached = trace[d] as Reached;
    const k = x - y;
    const down = d > 0 && comesFromAbove(reached, k, d);
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reached.at(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    const [stepX, stepY] = d === 0 ? [0, 0] : down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    while (x > stepX && y > stepY) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

/** How far each diagonal has come, from `-most` to `most`. */
interface Reached {
  at(diagonal: number): number;
}

function reachedOf(values: Int32Array, most: number): Reached {
  return { at: (diagonal) => values[diagonal + most] ?? 0 };
}

/** For each number of edits, how far each diagonal had come before it; undefined if that takes too many. */
function* forward(before: readonly string[], after: readonly string[]): Steps<Reached[] | undefined> {
  const most = Math.min(before.length + after.length, MOST_EDITS);
  const middle = most + 1;
  const values = new Int32Array(2 * middle + 1);
  const reached = reachedOf(values, middle);
  const trace: Reached[] = [];
  for (let d = 0; d <= most; d += 1) {
    if (d % EDITS_A_STEP === EDITS_A_STEP - 1) yield;
    trace.push(reachedOf(values.slice(middle - d, middle + d + 1), d));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(reached, k, d) ? reached.at(k + 1) : reached.at(k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x += 1;
      values[middle + k] = x;
      if (x >= before.length && x - k >= after.length) return trace;
    }
  }
  return undefined;
}

function comesFromAbove(reached: Reached, k: number, d: number): boolean {
  return k === -d || (k !== d && reached.at(k - 1) < reached.at(k + 1));
}
