/** What came of a replay, or of comparing two recordings: as data, for every way to print it. */

import type { Pair } from '../../rules/golden/align.ts';
import type { Comparison, Difference } from '../../rules/golden.ts';

export interface Verdict {
  /** What was compared with, for a title: `call.ndjson`. */
  readonly title: string;
  /** What was compared, where it has a name. */
  readonly subject?: string;
  readonly comparison: Comparison;
  /** What the replay itself noticed: something awaited that did not come, something that was not awaited. */
  readonly reports: readonly Report[];
  /** What could not be done again and so does not count, in sentences. */
  readonly notes?: readonly string[];
  /** Of a replay by real engines: what of it came up. */
  readonly live?: Live;
}

export interface Live {
  readonly connected: boolean;
  /** `audio`, `video`, `data`: what was received. */
  readonly flowed: readonly string[];
}

export interface Report {
  readonly kind: string;
  readonly sentence: string;
  readonly recorded?: number;
  readonly event?: number;
}

/** A recording that could not be read, and so was not compared. */
export interface Unread {
  readonly title: string;
  readonly subject: string;
  readonly error: { readonly code: string; readonly message: string };
}

export type Judged = Verdict | Unread;

export const isRead = (judged: Judged): judged is Verdict => !('error' in judged);

export function isSame(judged: Judged): boolean {
  return isRead(judged) && judged.comparison.equal && judged.reports.length === 0;
}

/** Schema 1. */
export function verdictJson(verdict: Judged): object {
  if (!isRead(verdict)) {
    const { title: golden, subject: path, error } = verdict;
    return { schema: 1, kind: 'verdict', golden, path, equal: false, differences: [], reports: [], pairs: [], error };
  }
  const { subject, comparison, reports, notes, live } = verdict;
  return {
    schema: 1,
    kind: 'verdict',
    golden: verdict.title,
    ...(subject !== undefined && { path: subject }),
    equal: isSame(verdict),
    differences: comparison.differences.map(({ kind, sentence, before, after, mid }) => ({
      kind,
      sentence,
      before,
      after,
      mid,
    })),
    reports: reports.map(({ kind, sentence, recorded, event }) => ({
      kind,
      sentence,
      recorded: recorded ?? null,
      event: event ?? null,
    })),
    pairs: comparison.pairs.map(({ before, after }) => ({
      recorded: before?.description.seq ?? null,
      event: after?.description.seq ?? null,
      type: (before ?? after)?.description.type ?? null,
      side: (before ?? after)?.role ?? null,
    })),
    ...(notes !== undefined && { notes }),
    ...(live !== undefined && { live }),
  };
}

export type { Difference, Pair };

/** The differences that are about a pair of descriptions. */
export function differencesOf({ comparison }: Verdict, { before, after }: Pair): readonly Difference[] {
  const [then, now] = [before?.description.seq ?? null, after?.description.seq ?? null];
  return comparison.differences.filter((one) => one.before === then && one.after === now && (then ?? now) !== null);
}

/** The differences that are about no pair: findings, goodbyes, candidates. */
export function otherDifferences(verdict: Verdict): readonly Difference[] {
  const told = new Set(verdict.comparison.pairs.flatMap((pair) => differencesOf(verdict, pair)));
  return verdict.comparison.differences.filter((one) => !told.has(one));
}
