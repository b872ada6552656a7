/** Whether what a scenario expects holds: judged by what has happened so far, or by a golden recording. */
import { dirname, resolve } from 'node:path';
import { compareRecordings } from '../../rules/golden.ts';
import type { Failing } from '../../scenario/expectations.ts';
import type { StepResult } from '../../scenario/result.ts';
import type { Expected, Scenario } from '../../scenario/scenario.ts';
import type { Scene } from '../../scenario/scene.ts';
import { goldenOf } from '../golden.ts';
import type { Io } from '../io.ts';
import { load } from '../load.ts';
import type { RuleSettings } from '../settings.ts';

export interface JudgeOptions {
  /** The scenario's; golden recordings stand beside it. */
  readonly file: string;
  readonly io: Io;
  readonly settings: RuleSettings;
}

/** Differences that are told of a golden recording. */
const TOLD = 8;

/** Throws RenegoError `input` for a golden recording that cannot be read: better before anything is played. */
export async function tryGoldens(
  { steps, expect }: Scenario,
  { file, io }: Pick<JudgeOptions, 'file' | 'io'>,
): Promise<void> {
  const within = steps.flatMap((step) => (step.do === 'expect' ? [step.expected] : []));
  for (const expected of [...within, ...expect])
    if ('golden' in expected) await load(pathOf(expected.golden, file), io);
}

const pathOf = (golden: string, file: string): string => (file === '-' ? golden : resolve(dirname(file), golden));

/** Undefined if it holds. Throws RenegoError `input` for a golden recording that cannot be read. */
export async function judged(expected: Expected, scene: Scene, options: JudgeOptions): Promise<Failing | undefined> {
  if ('expectation' in expected) return expected.expectation(scene);
  const { file, io, settings } = options;
  const good = goldenOf((await load(pathOf(expected.golden, file), io)).events, settings);
  const { equal, differences } = compareRecordings(good, scene);
  if (equal) return undefined;
  const sentences = [...new Set(differences.map(({ sentence }) => sentence))];
  const left = sentences.length - TOLD;
  const why = [...sentences.slice(0, TOLD), ...(left > 0 ? [`And ${left} more.`] : [])].join(' ');
  const place = differences.find(({ after }) => after !== null)?.after ?? null;
  return { why, ...(place !== null && { event: place }) };
}

/** As a step that stands behind all others; not judged if one of them failed. */
export async function judgedAtEnd(
  expected: Expected,
  steps: readonly StepResult[],
  scene: Scene,
  options: JudgeOptions,
): Promise<StepResult> {
  const last = scene.model.events.length;
  const { text, line } = expected;
  const place = line === undefined ? {} : { line };
  const common = { text: `expect: ${text}`, took: 0, events: [last, last] as const, ...place };
  if (steps.some(({ outcome }) => outcome !== 'ok')) return { ...common, outcome: 'skipped' };
  const failing = await judged(expected, scene, options);
  return failing === undefined ? { ...common, outcome: 'ok' } : { ...common, outcome: 'failed', ...failing };
}
