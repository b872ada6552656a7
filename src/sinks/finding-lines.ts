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
  /** Without the fix, which stands elsewhere. */
  readonly brief?: boolean;
  drawn(text: string): string;
}

const UNICODE: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', info: '·' };
const ASCII: Readonly<Record<Severity, string>> = { error: 'X', warning: '!', info: '-' };
/** Of a browser's sentence. */
const LONGEST = 400;
const SAYS = '  ';

/** A browser may quote a whole description; its reason stands before or behind. */
export function quoted(sentence: string): string {
  if (sentence.length <= LONGEST) return sentence;
  return `${sentence.slice(0, LONGEST * 0.6)} […] ${sentence.slice(-LONGEST * 0.3)}`;
}

/** `✗ error answer-mline-mismatch: …` and under it, indented, Chrome, Firefox and the fix. `at` is added to the first. */
export function findingLines(finding: Finding, at: string, { columns, ascii, brief, drawn }: FindingStyle): string[] {
  const { severity, rule, message, fix, refusedBy } = finding;
  const head = `${ascii ? ASCII[severity] : UNICODE[severity]} ${severity} ${rule}`;
  const [first = '', ...rest] = wrap(drawn(`${head}: ${message}${at === '' ? '' : ` (${at})`}`), columns, '  ');
  const coloured = first.startsWith(head) ? SEVERITY_COLOURS[severity](head) + first.slice(head.length) : first;
  const said = [
    ...(refusedBy.chrome ? [`Chrome says: ${quoted(refusedBy.chrome)}`] : []),
    ...(refusedBy.firefox ? [`Firefox says: ${quoted(refusedBy.firefox)}`] : []),
    ...(brief === true ? [] : [`fix: ${fix}`]),
  ];
  const lines = said.flatMap((text) => wrap(SAYS + drawn(text), columns, `${SAYS}  `));
  return [coloured, ...rest, ...lines.map((line) => chalk.dim(line))];
}
