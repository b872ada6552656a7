/** A session with what was found in it, as the formats of `check` take it. */
import type { Finding } from '../rules/rule.ts';
import type { CheckedFile } from '../sinks/check/report.ts';
import type { Loaded } from './load.ts';

/** `path` as it was given, with `#N` where only event N was meant. */
export function judged(path: string, loaded: Loaded, findings: readonly Finding[]): CheckedFile {
  const { format, events, event } = loaded;
  return {
    path,
    file: loaded.path,
    format,
    events: events.length,
    findings: event === undefined ? findings : findings.filter((finding) => finding.event === event),
    lineOf: (finding) => lineOf(loaded, finding),
  };
}

/** Formats of which event n is line n. */
const LINES: ReadonlySet<string> = new Set(['transcript', 'frames']);

/** Our own format has a header line before its events; in SDP text the description's line counts. Else there are no lines. */
function lineOf({ format, events, files }: Loaded, finding: Finding): number | undefined {
  if (files.length > 1) return undefined;
  if (format === 'sdp') return events.length === 1 ? (finding.line ?? undefined) : undefined;
  if (finding.event === 0) return undefined;
  if (format === 'session') return finding.event + 1;
  return LINES.has(format) ? finding.event : undefined;
}
