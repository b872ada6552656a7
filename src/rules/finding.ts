/** Makes findings of reports, and folds consequences under their cause (guard G12). */
import type { Finding, Report, Rule, Severity } from './rule.ts';

/** Where a finding stands unless the report says otherwise. */
export interface Place {
  readonly pc: string;
  readonly side: string;
  readonly event: number;
  readonly related: readonly number[];
}

export function findingOf(rule: Rule, severity: Severity, report: Report, place: Place): Finding {
  return {
    rule: rule.id,
    severity,
    message: report.message,
    explain: rule.explain,
    fix: report.fix ?? rule.fix,
    cites: rule.cites,
    pc: place.pc,
    side: report.side ?? place.side,
    event: report.event ?? place.event,
    related: report.related ?? place.related,
    mid: report.mid !== undefined ? report.mid : (report.section?.mid?.value ?? null),
    line: report.line ?? report.section?.line ?? null,
    refusedBy: report.refusedBy ?? {},
  };
}

/** Two findings with the same key are the same finding. */
export function keyOf(finding: Finding): string {
  return `${finding.rule}|${finding.pc}|${finding.event}|${finding.mid}|${finding.line}|${finding.message}`;
}

/** The first error of an unreadable text, or of broken structure, takes the rest of its description under it. */
export function foldConsequences(found: readonly { readonly rule: Rule; readonly finding: Finding }[]): Finding[] {
  const cause =
    found.find(({ rule, finding }) => rule.stage === 'text' && finding.severity === 'error') ??
    found.find(({ rule, finding }) => rule.stage === 'structure' && finding.severity === 'error');
  if (!cause) return found.map(({ finding }) => finding);
  const same = (rule: Rule) =>
    rule.stage === cause.rule.stage || (cause.rule.stage === 'structure' && rule.stage === 'text');
  const folded = found.filter(({ rule }) => !same(rule)).map(({ finding }) => finding);
  const kept = found.filter(({ rule }) => same(rule)).map(({ finding }) => finding);
  return kept.map((finding) =>
    finding === cause.finding && folded.length > 0 ? withFolded(finding, folded) : finding,
  );
}

/** What a browser says about a consequence is what it says about the cause, where the cause has no sentence of its own. */
function withFolded(cause: Finding, folded: readonly Finding[]): Finding {
  const errors = folded.filter(({ severity }) => severity === 'error');
  const chrome = cause.refusedBy.chrome ?? errors.find((finding) => finding.refusedBy.chrome)?.refusedBy.chrome;
  const firefox = cause.refusedBy.firefox ?? errors.find((finding) => finding.refusedBy.firefox)?.refusedBy.firefox;
  return { ...cause, refusedBy: { ...(chrome ? { chrome } : {}), ...(firefox ? { firefox } : {}) }, folded };
}
