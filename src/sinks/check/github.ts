/** GitHub workflow commands, one annotation a finding. Escapes as the runner wants it: %, CR, LF; `:` and `,` in properties. */
import { printable } from '../../core/text.ts';
import type { Severity } from '../../rules/rule.ts';
import { type CheckReport, placeOf } from './report.ts';

const COMMAND: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

export function checkGithub(report: CheckReport): string {
  return report.files
    .flatMap((file) =>
      file.findings.map((finding) => {
        const line = file.lineOf(finding);
        const where = [
          `file=${property(file.path)}`,
          ...(line ? [`line=${line}`] : []),
          `title=${property(finding.rule)}`,
        ];
        return `::${COMMAND[finding.severity]} ${where.join(',')}::${data(`${finding.message} (${placeOf(finding)}) ${finding.fix}`)}\n`;
      }),
    )
    .join('');
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
