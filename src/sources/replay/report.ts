/** What a replay has to tell of itself, in sentences. */
import type { Gist } from './gist.ts';
import { nameOf } from './meaning.ts';
import type { Step } from './script.ts';

export interface ReplayReport {
  readonly kind:
    | 'missing'
    | 'unexpected'
    | 'out-of-order'
    | 'altered'
    | 'closed'
    | 'unanswered'
    | 'unsaid'
    | 'password';
  readonly sentence: string;
  /** The event of the recording it is about, and that of the replay. */
  readonly recorded?: number;
  readonly event?: number;
  /** Out of order: the event of the recording that it came before. */
  readonly before?: number;
}

/** What is no request, or has nobody to hear it. */
export function unsaid(step: Step): ReplayReport {
  const sentence = `The ${nameOf(step)} of ${step.from} (event ${step.seq} of the recording) could not be said.`;
  return { kind: 'unsaid', sentence, recorded: step.seq };
}

/** What was awaited. */
export function missing(step: Gist): ReplayReport {
  const sentence = `The ${step.name} of ${step.from} (event ${step.seq} of the recording) did not come.`;
  return { kind: 'missing', sentence, recorded: step.seq };
}

/** Of one kind; more are counted. */
const MOST = 1_000;

/** Keeps the first of each kind, and counts the rest. What came before something that never came is in order. */
export function createReports() {
  const kept: ReplayReport[] = [];
  const counts = new Map<ReplayReport['kind'], number>();
  return {
    add(report: ReplayReport): void {
      const count = (counts.get(report.kind) ?? 0) + 1;
      counts.set(report.kind, count);
      if (count <= MOST) kept.push(report);
    },
    list(): readonly ReplayReport[] {
      const more = [...counts].filter(([, count]) => count > MOST);
      const rest = more.map(([kind, count]) => ({ kind, sentence: `And ${count - MOST} more that are ${kind}.` }));
      const missed = new Set(kept.flatMap(({ kind, recorded }) => (kind === 'missing' ? [recorded] : [])));
      return [...kept.filter(({ before }) => before === undefined || !missed.has(before)), ...rest];
    },
  };
}
