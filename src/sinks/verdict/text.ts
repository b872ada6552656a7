/** A verdict for people: recorded and replayed descriptions side by side, what differs under them, and a last line. */
import chalk from 'chalk';
import { news } from '../../core/label.ts';
import type { Description } from '../../core/model.ts';
import { printable } from '../../core/text.ts';
import { toAscii } from '../ascii.ts';
import { wrap } from '../wrap.ts';
import { differencesOf, isSame, otherDifferences, type Pair, type Verdict } from './verdict.ts';

const COLUMN = 47;
const WIDTH = 100;

export function verdictText(verdict: Verdict, { ascii }: { readonly ascii: boolean }): string {
  const drawn = (text: string) => (ascii ? toAscii(printable(text)) : printable(text));
  const told = (text: string, colour: (line: string) => string) =>
    wrap(drawn(text), WIDTH - 6, '  ').map((line) => colour(`      ${line}`));
  const sentence = (text: string) => told(text, chalk.red);
  const lines = [
    chalk.bold(`  ${'recorded'.padEnd(COLUMN)}  ${'now'}`),
    ...verdict.comparison.pairs.flatMap((pair) => {
      const wrong = differencesOf(verdict, pair);
      return [pairLine(pair, wrong.length === 0, drawn), ...wrong.flatMap((one) => sentence(one.sentence))];
    }),
    ...otherDifferences(verdict).flatMap((one) => sentence(one.sentence)),
    ...verdict.reports.flatMap((one) => sentence(one.sentence)),
    ...(verdict.notes ?? []).flatMap((note) => told(note, chalk.dim)),
    ...liveLine(verdict),
    lastLine(verdict, drawn),
  ];
  return `${lines.join('\n')}\n`;
}

function pairLine({ before, after }: Pair, same: boolean, drawn: (text: string) => string): string {
  const [left, right] = [words(before?.description), words(after?.description)].map((text) => {
    const whole = drawn(text);
    return whole.length > COLUMN ? `${whole.slice(0, COLUMN - 3)}...` : whole;
  });
  const mark = same ? chalk.green('=') : chalk.red(before === undefined ? '+' : after === undefined ? '-' : '~');
  return `${mark} ${(left ?? '').padEnd(COLUMN)}  ${right ?? ''}`;
}

function words(description: Description | undefined): string {
  if (description === undefined) return '';
  const { seq, type, number, from } = description;
  const what = [`${type} #${number} of ${from}`, ...news(description).filter((one) => one !== '')];
  return `${String(seq).padStart(5)}  ${what.join(' · ')}`;
}

function liveLine({ live }: Verdict): readonly string[] {
  if (live === undefined) return [];
  if (!live.connected) return [chalk.red('It did not connect.')];
  const flowed = live.flowed.length === 0 ? 'nothing was sent' : `${listed(live.flowed)} arrived`;
  return [chalk.green(`It connected; ${flowed}.`)];
}

function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part).join(' and ');
}

function lastLine(verdict: Verdict, drawn: (text: string) => string): string {
  const count = verdict.comparison.differences.length + verdict.reports.length;
  const { pairs } = verdict.comparison;
  const [title, subject] = [drawn(verdict.title), verdict.subject && drawn(verdict.subject)];
  if (isSame(verdict)) {
    const what = pairs.length === 1 ? 'description' : 'descriptions';
    const notes = verdict.notes?.length ?? 0;
    const apart = notes === 0 ? '' : `, apart from the ${notes === 1 ? 'note' : `${notes} notes`} above`;
    return chalk.green(`${subject ? `${subject} is the` : 'The'} same as ${title}: ${pairs.length} ${what}${apart}.`);
  }
  const many = count === 1 ? 'difference' : 'differences';
  return chalk.red(`${subject ? `${subject} is not` : 'Not'} the same as ${title}: ${count} ${many}.`);
}
