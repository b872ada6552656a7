/** Results as JUnit XML: a suite a scenario, a case a step. As the schema of Jenkins has it, which knows no line of a case. */
import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult, StepResult } from '../../scenario/result.ts';
import { xml } from '../check/junit.ts';
import { ladderAround } from './ladder.ts';

export function scenariosJunit(results: readonly ScenarioResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego run" ${counts(results)}>`,
    ...results.flatMap((result) => [
      `  <testsuite name="${xml(result.name)}" file="${xml(result.file)}" ${counts([result])} skipped="${numberOf(result.steps, 'skipped')}">`,
      ...result.steps.map((step) => caseXml(result, step)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(results: readonly ScenarioResult[]): string {
  let [tests, failures, errors] = [0, 0, 0];
  for (const { steps, failure } of results) {
    tests += steps.length;
    if (failure === undefined) failures += numberOf(steps, 'failed');
    else errors += numberOf(steps, 'failed');
  }
  return `tests="${tests}" failures="${failures}" errors="${errors}"`;
}

const numberOf = (steps: readonly StepResult[], outcome: StepResult['outcome']): number =>
  steps.filter((step) => step.outcome === outcome).length;

function caseXml(result: ScenarioResult, step: StepResult): string {
  const { text, outcome, took } = step;
  const head = `    <testcase classname="${xml(result.name)}" name="${xml(text)}" time="${(took / 1000).toFixed(3)}"`;
  if (outcome === 'ok') return `${head}/>`;
  return `${head}>${outcome === 'skipped' ? skippedXml(step) : failureXml(result, step)}</testcase>`;
}

const skippedXml = ({ why }: StepResult): string =>
  why === undefined ? '<skipped/>' : `<skipped message="${xml(why)}"/>`;

/** With its place and the ladder around it as its text. That there was no server is an error, and no failure. */
function failureXml({ file, model, failure }: ScenarioResult, step: StepResult): string {
  const { why = '', line } = step;
  const place = line === undefined ? [] : [`at ${file}:${line}`];
  const ladder = ladderAround(model, step, { ascii: false, columns: 0 }).map(stripVTControlCharacters);
  const [name, type] = failure === undefined ? ['failure', 'step'] : ['error', failure.code];
  return `<${name} type="${type}" message="${xml(why)}">${xml([why, ...place, '', ...ladder].join('\n'))}</${name}>`;
}
