/** What failed as GitHub workflow commands, one annotation a step. */
import type { ScenarioResult } from '../../scenario/result.ts';
import { data, property } from '../check/github.ts';

export function scenariosGithub(results: readonly ScenarioResult[]): string {
  return results
    .flatMap(({ name, file, steps }) =>
      steps
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ text, line, why = '' }) => {
          // Standard input has no place in the repository.
          const where = file === '-' ? [] : [`file=${property(file)}`, ...(line === undefined ? [] : [`line=${line}`])];
          const properties = [...where, `title=${property(name)}`].join(',');
          return `::error ${properties}::${data(`${text}: ${why}`)}\n`;
        }),
    )
    .join('');
}
