/** Results as JUnit XML: a suite a scenario, a case a step. */
import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult, StepResult } from '../../scenario/result.ts';
import { xml } from '../check/junit.ts';
import { ladderAround } from './ladder.ts';

export function scenariosJunit(results: readonly ScenarioResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego run" ${counts(results.flatMap(({ steps }) => steps))}>`,
    ...results.flatMap((result) => [
      `  <testsuite name="${xml(result.name)}" ${counts(result.steps)}>`,
      ...result.steps.map((step) => caseXml(result, step)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(steps: readonly StepResult[]): string {
  const of = (outcome: StepResult['outcome']) => steps.filter((step) => step.outcome === outcome).length;
  return `tests="${steps.length}" failures="${of('failed')}" errors="0" skipped="${of('skipped')}"`;
}

function caseXml({ name, file, model }: ScenarioResult, step: StepResult): string {
  const { text, outcome, took, line } = step;
  const place = line === undefined ? '' : ` file="${xml(file)}" line="${line}"`;
  const head = `    <testcase classname="${xml(name)}" name="${xml(text)}"${place} time="${(took / 1000).toFixed(3)}"`;
  if (outcome === 'ok') return `${head}/>`;
  return `${head}>${outcome === 'skipped' ? '<skipped/>' : failureXml(model, step)}</testcase>`;
}

/** With the ladder around it as its text. */
function failureXml(model: ScenarioResult['model'], step: StepResult): string {
  const { why = '' } = step;
  const ladder = ladderAround(model, step, { ascii: false, columns: 0 }).map(stripVTControlCharacters);
  return `<failure message="${xml(why)}">${xml([why, '', ...ladder].join('\n'))}</failure>`;
}
