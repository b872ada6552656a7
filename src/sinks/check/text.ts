/** `renego check` for people: a block a finding, in the order of events, totals at the end. What a rule says in general is said once. */
import chalk from 'chalk';
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { linesToAscii } from '../ascii.ts';
import { quoted, SEVERITY_COLOURS } from '../finding-lines.ts';
import { wrap } from '../wrap.ts';
import { type CheckedFile, type CheckReport, countsOf, placeOf } from './report.ts';

const INDENT = '  ';

/** `columns` is where the text wraps. */
export function* checkText(report: CheckReport, columns: number, ascii = false): Generator<string, void> {
  for (const part of allText(report, columns)) yield ascii ? linesToAscii(part) : part;
}

function* allText(report: CheckReport, columns: number): Generator<string, void> {
  const told = new Set<string>();
  for (const file of report.files) {
    yield* fileText(file, columns, told);
    yield '\n';
  }
  yield `${totals(report)}\n`;
}

function* fileText(file: CheckedFile, columns: number, told: Set<string>): Generator<string, void> {
  yield `${chalk.bold(printable(file.path))}  ${file.format}, ${plural(file.events, 'event')}\n`;
  if (file.error !== undefined) yield `${INDENT}${chalk.red(printable(file.error.message))}\n`;
  else if (file.findings.length === 0) yield `${INDENT}${chalk.green('nothing to report')}\n`;
  for (const [i, finding] of file.findings.entries())
    yield `${i === 0 ? '' : '\n'}${findingText(finding, columns, told)}`;
}

/** One finding as an indented block, ending in a newline. */
function findingText(finding: Finding, columns: number, told: Set<string>): string {
  const place = placeOf(finding);
  const at = place === '' ? '' : `  ${chalk.dim(printable(place))}`;
  const title = `${INDENT}${SEVERITY_COLOURS[finding.severity](finding.severity)}  ${chalk.bold(finding.rule)}${at}`;
  const { chrome, firefox } = finding.refusedBy;
  const again = told.has(finding.rule);
  const fixed = told.has(`${finding.rule} ${finding.fix}`);
  told.add(finding.rule).add(`${finding.rule} ${finding.fix}`);
  const rows: readonly (readonly [string, string])[] = [
    ['', finding.message],
    ...(again ? [] : [['why', finding.explain] as const]),
    ...(chrome ? [['Chrome', quoted(chrome)] as const] : []),
    ...(firefox ? [['Firefox', quoted(firefox)] as const] : []),
    ...(fixed ? [] : [['fix', finding.fix] as const]),
    ...(again ? [] : [['see', finding.cites.map((c) => `${c.spec} ${c.section}`).join(', ')] as const]),
    ...(finding.related.length > 0 ? [['with', `event ${finding.related.join(', ')}`] as const] : []),
    ...(finding.folded ? [['hides', finding.folded.map((f) => f.rule).join(', ')] as const] : []),
  ];
  return `${title}\n${rows.map(([name, text]) => row(name, text, columns)).join('')}`;
}

const NAME_WIDTH = 9;

function row(name: string, text: string, columns: number): string {
  const indent = INDENT.repeat(2);
  const width = Math.max(20, columns - indent.length - NAME_WIDTH);
  const lines = wrap(printable(text), width);
  return lines.map((line, i) => `${indent}${chalk.dim((i === 0 ? name : '').padEnd(NAME_WIDTH))}${line}\n`).join('');
}

function totals(report: CheckReport): string {
  const counts = countsOf(report.files.flatMap((file) => file.findings));
  const errors = report.files.filter(({ error }) => error !== undefined).length;
  const unread = errors === 0 ? '' : `, ${errors} of them unreadable`;
  const words = [plural(counts.error, 'error'), plural(counts.warning, 'warning'), plural(counts.info, 'note')];
  return `${words.join(', ')} in ${plural(report.files.length, 'file')}${unread}`;
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
