/** `renego check` for people: a block a finding, worst first within a file, totals at the end. */
import chalk from 'chalk';
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { SEVERITY_COLOURS } from '../finding-lines.ts';
import { wrap } from '../wrap.ts';
import { type CheckedFile, type CheckReport, countsOf, placeOf } from './report.ts';

const INDENT = '  ';

/** `columns` is where the text wraps. */
export function checkText(report: CheckReport, columns: number): string {
  const blocks = report.files.map((file) => fileText(file, columns));
  return `${blocks.join('\n')}\n${totals(report)}\n`;
}

function fileText(file: CheckedFile, columns: number): string {
  const head = `${chalk.bold(printable(file.path))}  ${file.format}, ${plural(file.events, 'event')}`;
  if (file.findings.length === 0) return `${head}\n${INDENT}${chalk.green('nothing to report')}\n`;
  return `${head}\n${file.findings.map((finding) => findingText(finding, columns)).join('\n')}`;
}

/** One finding as an indented block, ending in a newline. */
function findingText(finding: Finding, columns: number): string {
  const title = `${INDENT}${SEVERITY_COLOURS[finding.severity](finding.severity)}  ${chalk.bold(finding.rule)}  ${chalk.dim(placeOf(finding))}`;
  const { chrome, firefox } = finding.refusedBy;
  const rows: readonly (readonly [string, string])[] = [
    ['', finding.message],
    ['why', finding.explain],
    ...(chrome ? [['Chrome', chrome] as const] : []),
    ...(firefox ? [['Firefox', firefox] as const] : []),
    ['fix', finding.fix],
    ['see', finding.cites.map((c) => `${c.spec} ${c.section}`).join(', ')],
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
  const words = [plural(counts.error, 'error'), plural(counts.warning, 'warning'), plural(counts.info, 'note')];
  return `${words.join(', ')} in ${plural(report.files.length, 'file')}`;
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
