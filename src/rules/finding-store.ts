/** Where findings are kept and told of, apart from the rules that make them. */
import type { Finding } from './rule.ts';

/** What has been found so far. */
export interface FindingStore {
  /** In the order in which they were found. The same array grows. */
  list(): readonly Finding[];
  /** Tells of every finding from now on. Returns the way out. */
  subscribe(listener: (finding: Finding) => void): () => void;
}

export interface GrowingFindings {
  readonly findings: FindingStore;
  tell(findings: readonly Finding[]): void;
}

export function growingFindings(): GrowingFindings {
  const found: Finding[] = [];
  let listeners: readonly ((finding: Finding) => void)[] = [];
  return {
    findings: {
      list: () => found,
      subscribe(listener) {
        const entry = (finding: Finding) => listener(finding);
        listeners = [...listeners, entry];
        return () => {
          listeners = listeners.filter((other) => other !== entry);
        };
      },
    },
    tell(findings) {
      for (const finding of findings) {
        found.push(finding);
        for (const listener of listeners) listener(finding);
      }
    },
  };
}

/** A store of findings that are known already, as of a recording. */
export function fixedFindings(findings: readonly Finding[]): FindingStore {
  return { list: () => findings, subscribe: () => () => {} };
}
