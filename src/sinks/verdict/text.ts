/** A verdict for people: recorded and replayed descriptions side by side, what differs under them, and a last line. */
import chalk from 'chalk';
import type { Description } from '../../core/model.ts';
import { printable } from '../../core/text.ts';
import { toAscii } from '../ascii.ts';
import { wrap } from '../wrap.ts';
import { differencesOf, isSame, otherDifferences, type Pair, type Verdict } from './verdict.ts';

const COLUMN = 34;
const WIDTH = 100;

export function verdictText(verdict: Verdict, { ascii }: { readonly ascii: boolean }): string {
  const drawn = (text: string) => (ascii ? toAscii(printable(text)) : printable(text));
  const sentence = (text: string) => wrap(drawn(text), WIDTH - 6, '  ').map((line) => chalk.red(`      ${line}`));
  const lines = [
    chalk.bold(`  ${'recorded'.padEnd(COLUMN)}  ${'now'}`),
    ...verdict.comparison.pairs.flatMap((pair) => {
      const wrong = differencesOf(verdict, pair);
      return [pairLine(pair, wrong.length === 0, drawn), ...wrong.flatMap((one) => sentence(one.sentence))];
    }),
    ...otherDifferences(verdict).flatMap((one) => sentence(one.sentence)),
    ...verdict.reports.flatMap((one) => sentence(one.sentence)),
    lastLine(verdict, drawn),
  ];
  return `${lines.join('\n')}\n`;
}

function pairLine({ before, after }: Pair, same: boolean, drawn: (text: string) => string): string {
  const [left, right] = [words(before?.description), words(after?.description)].map((text) =>
    drawn(text).slice(0, COLUMN),
  );
  const mark = same ? chalk.green('=') : chalk.red(before === undefined ? '+' : after === undefined ? '-' : '~');
  return `${mark} ${(left ?? '').padEnd(COLUMN)}  ${right ?? ''}`;
}

function words(description: Description | undefined): string {
  if (description === undefined) return '';
  const { seq, type, number, from } = description;
  return `${String(seq).padStart(5)}  ${type} #${number} of ${from}`;
}

function lastLine(verdict: Verdict, drawn: (text: string) => string): string {
  const count = verdict.comparison.differences.length + verdict.reports.length;
  const { pairs } = verdict.comparison;
  if (isSame(verdict)) {
    const what = pairs.length === 1 ? 'description' : 'descriptions';
    return chalk.green(`The same as ${drawn(verdict.title)}: ${pairs.length} ${what}.`);
  }
  return chalk.red(`Not the same as ${drawn(verdict.title)}: ${count} ${count === 1 ? 'difference' : 'differences'}.`);
}
