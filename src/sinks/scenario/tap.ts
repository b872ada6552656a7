/** Results in the manner of TAP 14: a line a step, and around a failure what happened on the wire. */
import { printable } from '../../core/text.ts';
import { isGreen, type ScenarioResult, type StepResult } from '../../scenario/result.ts';
import { createTextSink } from '../text.ts';

export interface TapOptions {
  readonly ascii: boolean;
  readonly columns: number;
}

/** Events told before the step that failed. */
const BEFORE = 12;

export function scenariosTap(results: readonly ScenarioResult[], options: TapOptions): string {
  const lines = ['TAP version 14'];
  let number = 0;
  for (const result of results) {
    lines.push(`# ${printable(result.name)} (${printable(result.file)})`);
    for (const step of result.steps) {
      number += 1;
      lines.push(...stepLines(step, number, result.file));
      if (step.outcome === 'failed') lines.push(...ladder(result, step, options));
    }
  }
  const green = results.filter(isGreen).length;
  return [...lines, `1..${number}`, `# ${green} of ${results.length} scenarios passed`, ''].join('\n');
}

function stepLines(
  { text, outcome, took, line, why = '' }: StepResult,
  number: number,
  file: string,
): readonly string[] {
  const name = `${number} - ${printable(text).replaceAll('#', '\\#')}`;
  if (outcome === 'skipped') return [`ok ${name} # SKIP a step before it failed`];
  if (outcome === 'ok') return [`ok ${name}`];
  return [
    `not ok ${name}`,
    '  ---',
    `  message: ${JSON.stringify(printable(why))}`,
    `  duration_ms: ${Math.round(took)}`,
    ...(line === undefined ? [] : [`  at: ${JSON.stringify(`${printable(file)}:${line}`)}`]),
    '  ...',
  ];
}

/** The lines of `renego show` from a little before the step until now, as comments. */
function ladder({ model }: ScenarioResult, { events: [since, until] }: StepResult, options: TapOptions): string[] {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const sink = createTextSink(write, { ...options, columns: Math.max(0, options.columns - 2) });
  for (const event of model.events) {
    if (event.seq > since - BEFORE && event.seq <= until) sink.accept(event, model);
  }
  sink.close('');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [`# ${line}`]));
}
