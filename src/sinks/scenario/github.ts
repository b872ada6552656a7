/** What failed as GitHub workflow commands, one annotation a step, with the ladder around it. */
import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult, StepResult } from '../../scenario/result.ts';
import { annotation } from '../check/github.ts';
import { ladderAround } from './ladder.ts';

export function scenariosGithub(results: readonly ScenarioResult[]): string {
  return results
    .flatMap((result) => result.steps.filter(({ outcome }) => outcome === 'failed').map((step) => failed(result, step)))
    .join('');
}

function failed({ name, file, model }: ScenarioResult, step: StepResult): string {
  const { text, line, why = '' } = step;
  const ladder = ladderAround(model, step, { ascii: false, columns: 0 }).map(stripVTControlCharacters);
  return annotation('error', { file, line, title: name }, [`${text}: ${why}`, ...ladder]);
}
