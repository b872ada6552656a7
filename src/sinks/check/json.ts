/** `renego check --format json` (contract of the JSON output, schema 1). */
import { listParts } from '../../core/json-parts.ts';
import { type CheckReport, countsOf } from './report.ts';

/** One entry a file in the order given. `error` only where a file could not be read. */
export function* checkJson(report: CheckReport): Generator<string, void> {
  yield '{"schema":1,"files":[';
  for (const [i, { path, format, events, findings, error }] of report.files.entries()) {
    const head = JSON.stringify({ path, format, events }).slice(0, -1);
    yield* listParts(`${i === 0 ? '' : ','}${head},"findings":[`, findings, (finding) => finding);
    const rest = JSON.stringify({ counts: countsOf(findings), ...(error !== undefined && { error }) });
    yield `],${rest.slice(1)}`;
  }
  yield ']}\n';
}
