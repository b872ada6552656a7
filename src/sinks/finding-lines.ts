/** A finding in short, for the ladder: what, what browsers say, what to do. `renego check` prints it at length. */
import chalk from 'chalk';
import type { Finding, Severity } from '../rules/rule.ts';
import { wrap } from './wrap.ts';

export const SEVERITY_COLOURS: Readonly<Record<Severity, (text: string) => string>> = {
  error: chalk.red.bold,
  warning: chalk.magenta.bold,
  info: chalk.blue,
};

/** Lines that are not coloured yet must fit into `columns`. `drawn` makes wire text fit for the terminal. */
export interface FindingStyle {
  readonly columns: number;
  readonly ascii: boolean;
  drawn(text: string): string;
}

const UNICODE: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', info: '·' };
const ASCII: Readonly<Record<Severity, string>> = { error: 'X', warning: '!', info: '-' };
const SAYS = '  ';

/** `✗ error answer-mline-mismatch: …` and under it, indented, Chrome, Firefox and the fix. `at` is added to the first. */
export function findingLines(finding: Finding, at: string, { columns, ascii, drawn }: FindingStyle): string[] {
  const { severity, rule, message, fix, refusedBy } = finding;
  const head = `${ascii ? ASCII[severity] : UNICODE[severity]} ${severity} ${rule}`;
  const [first = '', ...rest] = wrap(drawn(`${head}: ${message}${at === '' ? '' : ` (${at})`}`), columns, '  ');
  const coloured = first.startsWith(head) ? SEVERITY_COLOURS[severity](head) + first.slice(head.length) : first;
  const said = [
    ...(refusedBy.chrome ? [`Chrome says: ${refusedBy.chrome}`] : []),
    ...(refusedBy.firefox ? [`Firefox says: ${refusedBy.firefox}`] : []),
    `fix: ${fix}`,
  ];
  const lines = said.flatMap((text) => wrap(SAYS + drawn(text), columns, `${SAYS}  `));
  return [coloured, ...rest, ...lines.map((line) => chalk.dim(line))];
}
