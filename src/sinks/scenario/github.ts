/** What failed as GitHub workflow commands, one annotation a step. */
import type { ScenarioResult } from '../../scenario/result.ts';
import { annotation } from '../check/github.ts';

export function scenariosGithub(results: readonly ScenarioResult[]): string {
  return results
    .flatMap(({ name, file, steps }) =>
      steps
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ text, line, why = '' }) => annotation('error', { file, line, title: name }, [`${text}: ${why}`])),
    )
    .join('');
}
