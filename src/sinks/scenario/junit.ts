/** Results as JUnit XML: a suite a scenario, a case a step. As the schema of Jenkins has it, which knows no line of a case. */
import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult, StepResult } from '../../scenario/result.ts';
import { xml } from '../check/junit.ts';
import { ladderAround } from './ladder.ts';

export function scenariosJunit(results: readonly ScenarioResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego run" ${counts(results.flatMap(({ steps }) => steps))}>`,
    ...results.flatMap((result) => [
      `  <testsuite name="${xml(result.name)}" file="${xml(result.file)}" ${counts(result.steps)} skipped="${numberOf(result.steps, 'skipped')}">`,
      ...result.steps.map((step) => caseXml(result, step)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(steps: readonly StepResult[]): string {
  return `tests="${steps.length}" failures="${numberOf(steps, 'failed')}" errors="0"`;
}

const numberOf = (steps: readonly StepResult[], outcome: StepResult['outcome']): number =>
  steps.filter((step) => step.outcome === outcome).length;

function caseXml(result: ScenarioResult, step: StepResult): string {
  const { text, outcome, took } = step;
  const head = `    <testcase classname="${xml(result.name)}" name="${xml(text)}" time="${(took / 1000).toFixed(3)}"`;
  if (outcome === 'ok') return `${head}/>`;
  return `${head}>${outcome === 'skipped' ? '<skipped/>' : failureXml(result, step)}</testcase>`;
}

/** With its place and the ladder around it as its text. */
function failureXml({ file, model }: ScenarioResult, step: StepResult): string {
  const { why = '', line } = step;
  const place = line === undefined ? [] : [`at ${file}:${line}`];
  const ladder = ladderAround(model, step, { ascii: false, columns: 0 }).map(stripVTControlCharacters);
  return `<failure type="step" message="${xml(why)}">${xml([why, ...place, '', ...ladder].join('\n'))}</failure>`;
}
