/** Verdicts as GitHub workflow commands, one annotation a difference. */
import { annotation } from '../check/github.ts';
import { isRead, type Judged } from './verdict.ts';

export function verdictsGithub(judged: readonly Judged[]): string {
  return judged
    .flatMap((one) => {
      const place = { file: one.subject ?? '-', title: `not the same as ${one.title}` };
      return sentencesOf(one).map((sentence) => annotation('error', place, [sentence]));
    })
    .join('');
}

function sentencesOf(one: Judged): readonly string[] {
  if (!isRead(one)) return [one.error.message];
  return [...one.comparison.differences, ...one.reports].map(({ sentence }) => sentence);
}
