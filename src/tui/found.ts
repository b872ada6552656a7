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
  readonly byRow: Map<number, Finding[]>;
  readonly found: Found;
}

const remembered = new WeakMap<FindingStore, Remembered>();

/** Worked out anew only when another listing is shown; else what was found meanwhile is added. */
export function foundIn(findings: FindingStore, listing: Listing): Found {
  const list = findings.list();
  const { length } = listing.rows;
  const known = remembered.get(findings);
  const same = known?.listing === listing && known.count <= list.length ? known : undefined;
  if (same?.count === list.length && same.listed === length) return same.found;
  const byRow = same?.byRow ?? new Map<number, Finding[]>();
  const counts = { ...(same?.found.counts ?? { error: 0, warning: 0, info: 0 }) };
  const fresh = list.slice(same?.count ?? 0);
  for (const { severity } of fresh) counts[severity] += 1;
  // Those whose event was not listed then may have a row by now.
  const unlisted = byRow.get(-1) ?? [];
  byRow.delete(-1);
  for (const finding of [...unlisted, ...fresh]) place(finding, listing.rowOf(finding.event), byRow);
  const moved = fresh.length > 0 || (byRow.get(-1)?.length ?? 0) !== unlisted.length;
  const rows = moved || same === undefined ? seriousRows(byRow) : same.found.rows;
  const found = { counts, byRow, rows };
  remembered.set(findings, { count: list.length, listing, listed: length, byRow, found });
  return found;
}

function place(finding: Finding, row: number, byRow: Map<number, Finding[]>): void {
  const there = byRow.get(row);
  if (there === undefined) byRow.set(row, [finding]);
  else there.push(finding);
}

function seriousRows(byRow: ReadonlyMap<number, readonly Finding[]>): readonly number[] {
  const listed = [...byRow.keys()].filter((row) => row >= 0).sort((a, b) => a - b);
  const serious = listed.filter((row) => worstOf(byRow.get(row) ?? []) !== 'info');
  return serious.length > 0 ? serious : listed;
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
