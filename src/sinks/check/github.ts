/** GitHub workflow commands, one annotation a finding. Escapes as the runner wants it: %, CR, LF; `:` and `,` in properties. */
import { printable } from '../../core/text.ts';
import type { Finding, Severity } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

const COMMAND: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

export function* checkGithub(report: CheckReport): Generator<string, void> {
  for (const file of report.files) {
    if (file.error !== undefined) yield command('error', file, file.error.code, undefined, [file.error.message]);
    for (const finding of file.findings) yield annotation(file, finding);
  }
}

function annotation(file: CheckedFile, finding: Finding): string {
  const { chrome, firefox } = finding.refusedBy;
  const place = placeOf(finding);
  return command(COMMAND[finding.severity], file, finding.rule, file.lineOf(finding), [
    `${finding.message}${place === '' ? '' : ` (${place})`}`,
    ...(chrome ? [`Chrome says: ${chrome}`] : []),
    ...(firefox ? [`Firefox says: ${firefox}`] : []),
    `Fix: ${finding.fix}`,
  ]);
}

function command(
  name: string,
  { file }: CheckedFile,
  title: string,
  line: number | undefined,
  lines: string[],
): string {
  // Standard input has no place in the repository.
  const where = file === '-' ? [] : [`file=${property(file)}`, ...(line ? [`line=${line}`] : [])];
  return `::${name} ${[...where, `title=${property(title)}`].join(',')}::${lines.map(data).join('%0A')}\n`;
}

/** As the message of a workflow command. */
export function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** As a property of a workflow command. */
export function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
