/** What `renego check` found, as data; one file beside this one for each way to write it. */
import type { Finding, Rule, Severity } from '../../rules/rule.ts';

export interface CheckedFile {
  /** As given on the command line. */
  readonly path: string;
  /** The same without `#N`. */
  readonly file: string;
  readonly format: string;
  readonly events: number;
  readonly findings: readonly Finding[];
  /** Line of the file for an event (and a line of its SDP, where the file is SDP text); undefined where there is none. */
  readonly lineOf: (finding: Finding) => number | undefined;
  /** Why it could not be read; then nothing was found in it. */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface CheckReport {
  readonly files: readonly CheckedFile[];
  readonly rules: readonly Rule[];
  /** `renego 0.1.0` */
  readonly tool: { readonly name: string; readonly version: string };
}

export type Counts = Record<Severity, number>;

export function countsOf(findings: readonly Finding[]): Counts {
  const counts: Counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** `event 12, from a, mid '1', SDP line 40`; '' for the session as a whole. */
export function placeOf(finding: Finding): string {
  const parts = [
    finding.event > 0 ? `event ${finding.event}` : '',
    finding.side === '' ? '' : `from ${finding.side}`,
    finding.mid === null ? '' : `mid '${finding.mid}'`,
    finding.line === null ? '' : `SDP line ${finding.line}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The report as text in parts: there may be very many findings. */
export type CheckFormat = (report: CheckReport) => Iterable<string>;
