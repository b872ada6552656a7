/** A verdict for people: recorded and replayed descriptions side by side, what differs under them, and a last line. */
import chalk from 'chalk';
import type { Description } from '../../core/model.ts';
import { news } from '../../core/news.ts';
import { displayWidth, fit, printable } from '../../core/text.ts';
import { toAscii } from '../ascii.ts';
import { wrap } from '../wrap.ts';
import {
  type Difference,
  differencesOf,
  isSame,
  otherDifferences,
  type Pair,
  type Unread,
  type Verdict,
} from './verdict.ts';

/** Where nobody says how wide: as wide as a page. */
const WIDTH = 100;
const [LEAST, MOST] = [60, 160];

interface Drawing {
  readonly ascii: boolean;
  /** 0: no terminal. */
  readonly columns: number;
}

export function verdictText(verdict: Verdict, { ascii, columns }: Drawing): string {
  const width = columns === 0 ? WIDTH : Math.min(MOST, Math.max(LEAST, columns));
  const column = Math.floor((width - 5) / 2);
  const drawn = (text: string) => (ascii ? toAscii(printable(text)) : printable(text));
  const told = (text: string, colour: (line: string) => string) =>
    wrap(drawn(text), width - 7, '  ').map((line) => colour(`      ${line}`));
  const sentence = (text: string) => told(text, chalk.red);
  const lines = [
    chalk.bold(`  ${'recorded'.padEnd(column)}  ${'now'}`),
    ...verdict.comparison.pairs.flatMap((pair) => {
      const wrong = differencesOf(verdict, pair);
      return [pairLine(pair, wrong.length === 0, drawn, column), ...gathered(wrong).flatMap(sentence)];
    }),
    ...otherDifferences(verdict).flatMap((one) => sentence(one.sentence)),
    ...verdict.reports.flatMap((one) => sentence(one.sentence)),
    ...(verdict.notes ?? []).flatMap((note) => told(note, chalk.dim)),
    ...liveLine(verdict),
    lastLine(verdict, drawn),
  ];
  return `${lines.join('\n')}\n`;
}

export function unreadText({ subject, error }: Unread, { ascii }: Drawing): string {
  const text = printable(`${subject} cannot be read: ${error.message}`);
  return `${chalk.red(ascii ? toAscii(text) : text)}\n`;
}

/** What is the same of several sections is said once. */
function gathered(differences: readonly Difference[]): readonly string[] {
  const mids = new Map<string, string[]>();
  for (const { sentence, mid } of differences) {
    const known = mids.get(sentence) ?? [];
    mids.set(sentence, known);
    if (mid !== null && !sentence.includes(`'${mid}'`)) known.push(mid);
  }
  return [...mids].map(([sentence, where]) => {
    const place = where.length === 0 ? '' : ` (${where.length === 1 ? 'mid' : 'mids'} ${listed(where)})`;
    return sentence.replace(/\.?$/, (end) => place + end);
  });
}

function pairLine({ before, after }: Pair, same: boolean, drawn: (text: string) => string, column: number): string {
  const [left = '', right = ''] = [before, after].map((one) => fit(drawn(words(one?.description)), column, drawn('…')));
  const mark = same ? chalk.green('=') : chalk.red(before === undefined ? '+' : after === undefined ? '-' : '~');
  return `${mark} ${left}${' '.repeat(Math.max(0, column - displayWidth(left)))}  ${right}`.trimEnd();
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
