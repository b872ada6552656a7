/** `renego check --format json` (contract of the JSON output, schema 1). */
import { type CheckReport, countsOf } from './report.ts';

/** One entry a file in the order given. `error` only where a file could not be read. */
export function checkJson(report: CheckReport): string {
  const files = report.files.map(({ path, format, events, findings, error }) => ({
    path,
    format,
    events,
    findings,
    counts: countsOf(findings),
    ...(error !== undefined && { error }),
  }));
  return `${JSON.stringify({ schema: 1, files })}\n`;
}
