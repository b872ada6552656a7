/** What came of a scenario. Plain data, for every way to print it. */
import type { Model } from '../core/model.ts';
import type { Finding } from '../rules/rule.ts';

export interface StepResult {
  readonly text: string;
  /** `skipped`: a step before it failed. */
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly took: number;
  /** Why it failed, as a sentence. */
  readonly why?: string;
  /** The event that shows why, where one does. */
  readonly event?: number;
  /** Where it stands in the file, from 1. */
  readonly line?: number;
  /** The newest event when it began and when it ended. */
  readonly events: readonly [number, number];
}

export interface ScenarioResult {
  readonly name: string;
  readonly file: string;
  readonly tags: readonly string[];
  /** Steps, and then what was expected at the end. */
  readonly steps: readonly StepResult[];
  readonly model: Model;
  readonly findings: readonly Finding[];
}

export function isGreen({ steps }: ScenarioResult): boolean {
  return steps.every(({ outcome }) => outcome === 'ok');
}
