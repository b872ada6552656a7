/** Where the findings stand in the ladder, how many there are of each severity, and which comes next. */
import type { FindingStore } from '../rules/finding-store.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import type { Tone } from './theme.ts';
import type { Listing } from './visible.ts';

export interface Found {
  readonly counts: Readonly<Record<Severity, number>>;
  /** By index of the row in the listing. */
  readonly byRow: ReadonlyMap<number, readonly Finding[]>;
  /** Indexes of the rows with errors and warnings, ascending; where there are none, of those with any finding. */
  readonly rows: readonly number[];
}

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', info: 'muted' };

interface Remembered {
  readonly count: number;
  readonly listing: Listing;
  /** Rows it had then. */
  readonly listed: number;
  readonly found: Found;
}

const remembered = new WeakMap<FindingStore, Remembered>();

/** Worked out anew only when something was found, or another listing is shown. */
export function foundIn(findings: FindingStore, listing: Listing): Found {
  const list = findings.list();
  const before = remembered.get(findings);
  const { length } = listing.rows;
  if (before?.count === list.length && before.listing === listing && before.listed === length) return before.found;
  const counts = { error: 0, warning: 0, info: 0 };
  const byRow = new Map<number, Finding[]>();
  for (const finding of list) {
    counts[finding.severity] += 1;
    const row = listing.rowOf(finding.event);
    const there = byRow.get(row);
    if (there === undefined) byRow.set(row, [finding]);
    else there.push(finding);
  }
  const listed = [...byRow.keys()].filter((row) => row >= 0).sort((a, b) => a - b);
  const serious = listed.filter((row) => worstOf(byRow.get(row) ?? []) !== 'info');
  const found = { counts, byRow, rows: serious.length > 0 ? serious : listed };
  remembered.set(findings, { count: list.length, listing, listed: length, found });
  return found;
}

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** `2 errors 1 warning`, each with its severity; those that only inform are not counted. */
export function badges({ counts }: Found): readonly { readonly severity: Severity; readonly text: string }[] {
  const named: readonly Severity[] = ['error', 'warning'];
  return named.flatMap((severity) => {
    const count = counts[severity];
    return count === 0 ? [] : [{ severity, text: `${count} ${severity}${count === 1 ? '' : 's'}` }];
  });
}

/** The row of the next finding after row `index`, around the ends; undefined if there is none. */
export function nextFound({ rows }: Found, index: number, by: 1 | -1): number | undefined {
  const next = by === 1 ? rows.find((row) => row > index) : rows.findLast((row) => row < index);
  return next ?? (by === 1 ? rows[0] : rows.at(-1));
}
