/** Results in the manner of TAP 14: a line a step, and around a failure what happened on the wire. */
import { printable } from '../../core/text.ts';
import { isGreen, type ScenarioResult, type StepResult } from '../../scenario/result.ts';
import { ladderAround } from './ladder.ts';

export interface TapOptions {
  readonly ascii: boolean;
  readonly columns: number;
}

export function scenariosTap(results: readonly ScenarioResult[], options: TapOptions): string {
  const lines = ['TAP version 14'];
  let number = 0;
  /** The test behind which each ladder stands. */
  const shown = new Map<string, number>();
  for (const result of results) {
    lines.push(`# ${printable(result.name)} (${printable(result.file)})`);
    shown.clear();
    for (const step of result.steps) {
      number += 1;
      lines.push(...stepLines(step, number, result.file));
      if (step.outcome !== 'failed') continue;
      const ladder = ladderAround(result.model, step, options).map((line) => `#${line}`);
      const before = shown.get(ladder.join('\n'));
      if (before === undefined) shown.set(ladder.join('\n'), number);
      lines.push(...(before === undefined ? ladder : [`# The ladder is that of ${before}.`]));
    }
  }
  const green = results.filter(isGreen).length;
  return [...lines, `1..${number}`, `# ${green} of ${results.length} scenarios passed`, ''].join('\n');
}

function stepLines(
  { text, outcome, took, line, event, why = '' }: StepResult,
  number: number,
  file: string,
): readonly string[] {
  const name = `${number} - ${printable(text).replace(/[\\#]/g, '\\$&')}`;
  if (outcome === 'skipped') return [`ok ${name} # SKIP a step before it failed`];
  if (outcome === 'ok') return [`ok ${name}`];
  return [
    `not ok ${name}`,
    '  ---',
    `  message: ${JSON.stringify(printable(why))}`,
    `  duration_ms: ${Math.round(took)}`,
    ...(event === undefined ? [] : [`  event: ${event}`]),
    ...(line === undefined ? [] : [`  at: ${JSON.stringify(`${printable(file)}:${line}`)}`]),
    '  ...',
  ];
}
