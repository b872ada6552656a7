/** What came of a scenario. Plain data, for every way to print it. */
import type { RenegoError } from '../core/errors.ts';
import type { Model } from '../core/model.ts';
import { emptyModel } from '../core/reduce.ts';
import type { Finding } from '../rules/rule.ts';
import type { Scenario } from './scenario.ts';

export interface StepResult {
  readonly text: string;
  /** `skipped`: a step before it failed, or the run was ended. */
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly took: number;
  /** Why it failed or was skipped, as a sentence. */
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
  /** A server that could not be reached, an engine that could not start: that is no verdict on the scenario. */
  readonly failure?: RenegoError;
}

/** What is told of a scenario that was not begun. */
export function notPlayed({ name, tags, steps, expect }: Scenario, file: string): ScenarioResult {
  const texts = [...steps.map(({ text }) => text), ...expect.map(({ text }) => `expect: ${text}`)];
  const skipped = { outcome: 'skipped', took: 0, why: 'not played: the run was ended before', events: [0, 0] } as const;
  return { name, file, tags, steps: texts.map((text) => ({ text, ...skipped })), model: emptyModel(), findings: [] };
}

export function isGreen({ steps }: ScenarioResult): boolean {
  return steps.every(({ outcome }) => outcome === 'ok');
}
