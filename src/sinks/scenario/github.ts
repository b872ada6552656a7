/** What failed as GitHub workflow commands, one annotation a step. */
import type { ScenarioResult } from '../../scenario/result.ts';
import { data, property } from '../check/github.ts';

export function scenariosGithub(results: readonly ScenarioResult[]): string {
  return results
    .flatMap(({ name, file, steps }) =>
      steps
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ text, line, why = '' }) => {
          const place = line === undefined ? '' : `,line=${line}`;
          return `::error file=${property(file)}${place},title=${property(name)}::${data(`${text}: ${why}`)}\n`;
        }),
    )
    .join('');
}
