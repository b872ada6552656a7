/** Says things once: the first candidate of its kind within a generation speaks for the others. */
import type { CandidateRecord } from '../core/model.ts';

const seen = new WeakMap<object, Map<string, CandidateRecord>>();

/**
 * Whether this candidate was the first asked about with this key for the owner (a generation or a session). The answer
 * for a candidate never changes, so that asking twice is safe.
 */
export function firstOf(owner: object, key: string, record: CandidateRecord): boolean {
  const firsts = seen.get(owner) ?? new Map<string, CandidateRecord>();
  seen.set(owner, firsts);
  const first = firsts.get(key);
  if (first === undefined) firsts.set(key, record);
  return first === undefined || first === record;
}
