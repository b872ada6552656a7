/** Verdicts as GitHub workflow commands, one annotation a difference. */
import { data, property } from '../check/github.ts';
import { isRead, type Judged } from './verdict.ts';

export function verdictsGithub(judged: readonly Judged[]): string {
  return judged.flatMap((one) => sentencesOf(one).map((sentence) => annotation(one, sentence))).join('');
}

function sentencesOf(one: Judged): readonly string[] {
  if (!isRead(one)) return [one.error.message];
  return [...one.comparison.differences, ...one.reports].map(({ sentence }) => sentence);
}

function annotation({ title, subject }: Judged, sentence: string): string {
  // Standard input has no place in the repository.
  const file = subject === undefined || subject === '-' ? '' : `file=${property(subject)},`;
  return `::error ${file}title=${property(`not the same as ${title}`)}::${data(sentence)}\n`;
}
