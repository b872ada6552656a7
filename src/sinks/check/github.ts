/** GitHub workflow commands, one annotation a finding. Escapes as the runner wants it: %, CR, LF; `:` and `,` in properties. */
import { printable } from '../../core/text.ts';
import type { Finding, Severity } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

const COMMAND: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

export function* checkGithub(report: CheckReport): Generator<string, void> {
  for (const file of report.files) {
    if (file.error !== undefined)
      yield annotation('error', { file: file.file, title: file.error.code }, [file.error.message]);
    for (const finding of file.findings) yield ofFinding(file, finding);
  }
}

function ofFinding(file: CheckedFile, finding: Finding): string {
  const { chrome, firefox } = finding.refusedBy;
  const place = placeOf(finding);
  return annotation(COMMAND[finding.severity], { file: file.file, line: file.lineOf(finding), title: finding.rule }, [
    `${finding.message}${place === '' ? '' : ` (${place})`}`,
    ...(chrome ? [`Chrome says: ${chrome}`] : []),
    ...(firefox ? [`Firefox says: ${firefox}`] : []),
    `Fix: ${finding.fix}`,
  ]);
}

export interface Annotated {
  readonly file: string;
  readonly line?: number | undefined;
  readonly title: string;
}

/** A workflow command that annotates a line of a file. Standard input has no place in the repository. */
export function annotation(level: string, { file, line, title }: Annotated, lines: readonly string[]): string {
  const where = file === '-' ? [] : [`file=${property(file)}`, ...(line ? [`line=${line}`] : [])];
  return `::${level} ${[...where, `title=${property(title)}`].join(',')}::${lines.map(data).join('%0A')}\n`;
}

/** As the message of a workflow command. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As a property of a workflow command. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
