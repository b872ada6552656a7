/** `renego check --format json` (contract of the JSON output, schema 1). */
import { type CheckReport, countsOf } from './report.ts';

export function checkJson(report: CheckReport): string {
  const files = report.files.map(({ path, format, events, findings }) => ({
    path,
    format,
    events,
    findings,
    counts: countsOf(findings),
  }));
  return `${JSON.stringify({ schema: 1, files })}\n`;
}
