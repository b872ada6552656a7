/** Results in the manner of TAP 14: a line a step, and around a failure what happened on the wire. */
import { printable } from '../../core/text.ts';
import { isGreen, type ScenarioResult, type StepResult } from '../../scenario/result.ts';
import { ladderAround } from './ladder.ts';

export interface TapOptions {
  readonly ascii: boolean;
  readonly columns: number;
}

/** Text of each part, with line ends. Tests are numbered through all scenarios. */
export interface Tap {
  readonly head: string;
  result(result: ScenarioResult): string;
  end(): string;
}

export function createTap(options: TapOptions): Tap {
  let [number, scenarios, green] = [0, 0, 0];

  function result(played: ScenarioResult): string {
    const lines = [`# ${printable(played.name)} (${printable(played.file)})`];
    /** The test behind which each ladder stands. */
    const shown = new Map<string, number>();
    scenarios += 1;
    if (isGreen(played)) green += 1;
    for (const step of played.steps) {
      number += 1;
      lines.push(...stepLines(step, number, played.file));
      if (step.outcome !== 'failed') continue;
      const ladder = ladderAround(played.model, step, options).map((line) => `#${line}`);
      const before = shown.get(ladder.join('\n'));
      if (before === undefined) shown.set(ladder.join('\n'), number);
      lines.push(...(before === undefined ? ladder : [`# The ladder is that of ${before}.`]));
    }
    return `${lines.join('\n')}\n`;
  }

  return {
    head: 'TAP version 14\n',
    result,
    end: () => `1..${number}\n# ${green} of ${scenarios} scenarios passed\n`,
  };
}

function stepLines(
  { text, outcome, took, line, event, why = '' }: StepResult,
  number: number,
  file: string,
): readonly string[] {
  const name = `${number} - ${printable(text).replace(/[\\#]/g, '\\$&')}`;
  if (outcome === 'skipped') return [`ok ${name} # SKIP ${why || 'a step before it failed'}`];
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
