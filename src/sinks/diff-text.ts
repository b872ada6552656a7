/** Changes as text: a sentence each, and under it the lines it is about. */
import chalk from 'chalk';
import { displayWidth, fit, printable } from '../core/text.ts';
import type { Change } from '../sdp/change.ts';
import type { LineEdit } from '../sdp/line-diff.ts';
import type { SdpLine } from '../sdp/sdp.ts';
import { toAscii } from './ascii.ts';

/** One comparison. */
export interface Comparison {
  /** `offer #1 of alice (event 4) → offer #2 of alice (event 19)` */
  readonly title: string;
  readonly before: readonly SdpLine[];
  /** The side's newer committed description, for changes with `beforeIn`. */
  readonly committed?: readonly SdpLine[] | undefined;
  readonly after: readonly SdpLine[];
  readonly changes: readonly Change[];
}

export interface DiffStyle {
  readonly ascii: boolean;
  /** Columns of the terminal; 0 where there is none: then nothing is cut. */
  readonly columns: number;
}

/** From this width on, before and after stand side by side. */
export const BESIDE_FROM = 120;
/** Of a section that came or went whole there may be hundreds. */
const MOST_LINES = 12;

/** The comparison as lines of text, with a line end each. */
export function diffText(comparison: Comparison, style: DiffStyle): string {
  const { title, changes } = comparison;
  const head = chalk.bold(drawn(title, style));
  if (changes.length === 0) return `${head}\n  no difference in meaning\n`;
  return [head, ...changes.flatMap((change) => changeText(change, comparison, style))]
    .map((line) => `${line}\n`)
    .join('');
}

function changeText(change: Change, comparison: Comparison, style: DiffStyle): string[] {
  const bullet = style.ascii ? '*' : '•';
  const { before, after } = linesOf(change, comparison);
  const lines = style.columns >= BESIDE_FROM ? beside(before, after, style) : below(before, after, style);
  const more = lines.length - MOST_LINES;
  return [
    `  ${chalk.cyan(bullet)} ${drawn(change.sentence, style)} ${chalk.dim(`[${change.class}]`)}`,
    ...(more > 1 ? [...lines.slice(0, MOST_LINES), chalk.dim(`      and ${more} more lines`)] : lines),
    ...(change.folded ?? []).map((folded) => `      ${chalk.dim(bullet)} ${chalk.dim(drawn(folded.sentence, style))}`),
  ];
}

/** The lines a change is about, each with its number before it, as they came: not fit for a terminal yet. */
export function linesOf(
  { lines, beforeIn }: Change,
  { before, committed, after }: Comparison,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  return {
    before: numbered(lines.before, beforeIn === 'committed' ? committed : before),
    after: numbered(lines.after, after),
  };
}

function numbered(numbers: readonly number[], lines: readonly SdpLine[] = []): readonly string[] {
  return numbers.map((number) => `${String(number).padStart(4)} ${lines[number - 1]?.text ?? ''}`);
}

function below(before: readonly string[], after: readonly string[], style: DiffStyle): string[] {
  return [
    ...before.map((line) => chalk.red(cut(`    - ${drawn(line, style)}`, style))),
    ...after.map((line) => chalk.green(cut(`    + ${drawn(line, style)}`, style))),
  ];
}

function beside(before: readonly string[], after: readonly string[], style: DiffStyle): string[] {
  const half = Math.floor((style.columns - 9) / 2);
  const bar = chalk.dim(style.ascii ? '|' : '│');
  return Array.from({ length: Math.max(before.length, after.length) }, (_none, index) => {
    const left = side('-', before[index], half, style);
    const right = side('+', after[index], half, style);
    return `    ${chalk.red(left + ' '.repeat(half - displayWidth(left)))} ${bar} ${chalk.green(right)}`;
  });
}

function side(sign: string, line: string | undefined, columns: number, style: DiffStyle): string {
  return line === undefined ? '' : fit(`${sign} ${drawn(line, style)}`, columns, ellipsis(style));
}

/** Lines of context around what differs. */
const CONTEXT = 3;

/** A line diff in unified form, headed by the two names. `''` if nothing differs. */
export function rawDiffText(names: readonly [string, string], edits: readonly LineEdit[], style: DiffStyle): string {
  const shown = edits.map((_edit, index) =>
    edits.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ op }) => op !== 'same'),
  );
  if (!shown.includes(true)) return '';
  const lines = [chalk.bold(`--- ${drawn(names[0], style)}`), chalk.bold(`+++ ${drawn(names[1], style)}`)];
  for (const [index, edit] of edits.entries()) {
    if (!shown[index]) continue;
    if (!shown[index - 1]) lines.push(chalk.cyan(hunkHead(edits, shown, index)));
    lines.push(rawLine(edit, style));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function rawLine({ op, text }: LineEdit, style: DiffStyle): string {
  const line = drawn(text, style);
  if (op === 'same') return ` ${line}`;
  return op === 'removed' ? chalk.red(`-${line}`) : chalk.green(`+${line}`);
}

/** `@@ -12,7 +12,8 @@` */
function hunkHead(edits: readonly LineEdit[], shown: readonly boolean[], start: number): string {
  let end = start;
  while (shown[end]) end += 1;
  const hunk = edits.slice(start, end);
  const range = (side: 'before' | 'after') => {
    const numbers = hunk.flatMap((edit) => edit[side] ?? []);
    const previous = edits.slice(0, start).findLast((edit) => edit[side] !== undefined)?.[side] ?? 0;
    return `${numbers[0] ?? previous},${numbers.length}`;
  };
  return `@@ -${range('before')} +${range('after')} @@`;
}

function cut(text: string, style: DiffStyle): string {
  return style.columns > 0 ? fit(text, style.columns, ellipsis(style)) : text;
}

function ellipsis({ ascii }: DiffStyle): string {
  return ascii ? '...' : '…';
}

/** Fit for a terminal, and for `--ascii` without anything else. */
export function drawn(text: string, { ascii }: DiffStyle): string {
  const safe = printable(text);
  return ascii ? toAscii(safe) : safe;
}
