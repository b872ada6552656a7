/** Whether what a scenario expects holds: judged by what has happened so far, or by a golden recording. */
import { dirname, resolve } from 'node:path';
import type { EventList } from '../../core/event-list.ts';
import { compareRecordings } from '../../rules/golden.ts';
import type { Failing } from '../../scenario/expectations.ts';
import type { StepResult } from '../../scenario/result.ts';
import type { Expected, Scenario } from '../../scenario/scenario.ts';
import type { Scene } from '../../scenario/scene.ts';
import { goldenOf } from '../golden.ts';
import type { Io } from '../io.ts';
import { load } from '../load.ts';
import type { RuleSettings } from '../settings.ts';

/** The golden recordings of a scenario, by the names it has for them. */
export type Goldens = ReadonlyMap<string, EventList>;

export interface JudgeOptions {
  readonly goldens: Goldens;
  readonly settings: RuleSettings;
}

/** Differences that are told of a golden recording. */
const TOLD = 8;

/**
 * Reads them before anything is played; they stand beside the scenario, which is `file`. Throws RenegoError `input` for one
 * that cannot be read.
 */
export async function loadGoldens({ steps, expect }: Scenario, file: string, io: Io): Promise<Goldens> {
  const goldens = new Map<string, EventList>();
  const within = steps.flatMap((step) => (step.do === 'expect' ? [step.expected] : []));
  for (const expected of [...within, ...expect])
    if ('golden' in expected && !goldens.has(expected.golden))
      goldens.set(expected.golden, (await load(pathOf(expected.golden, file), io)).events);
  return goldens;
}

const pathOf = (golden: string, file: string): string => (file === '-' ? golden : resolve(dirname(file), golden));

/** Undefined if it holds. */
export function judged(expected: Expected, scene: Scene, { goldens, settings }: JudgeOptions): Failing | undefined {
  if ('expectation' in expected) return expected.expectation(scene);
  const good = goldenOf(goldens.get(expected.golden) as EventList, settings);
  const { equal, differences } = compareRecordings(good, scene);
  if (equal) return undefined;
  const sentences = [...new Set(differences.map(({ sentence }) => sentence))];
  const left = sentences.length - TOLD;
  const why = [...sentences.slice(0, TOLD), ...(left > 0 ? [`And ${left} more.`] : [])].join(' ');
  const place = differences.find(({ after }) => after !== null)?.after ?? null;
  return { why, ...(place !== null && { event: place }) };
}

/** As a step that stands behind all others; not judged if one of them failed. */
export function judgedAtEnd(
  expected: Expected,
  steps: readonly StepResult[],
  scene: Scene,
  options: JudgeOptions,
): StepResult {
  const last = scene.model.events.length;
  const { text, line } = expected;
  const place = line === undefined ? {} : { line };
  const common = { text: `expect: ${text}`, took: 0, events: [last, last] as const, ...place };
  if (steps.some(({ outcome }) => outcome !== 'ok')) return { ...common, outcome: 'skipped' };
  const failing = judged(expected, scene, options);
  return failing === undefined ? { ...common, outcome: 'ok' } : { ...common, outcome: 'failed', ...failing };
}
