/** A verdict as JUnit XML: a case for each description, one for everything else. */
import { descriptionName } from '../../core/label.ts';
import { xml } from '../check/junit.ts';
import { differencesOf, otherDifferences, type Pair, type Verdict } from './verdict.ts';

export function verdictJunit(verdict: Verdict): string {
  const { subject, notes = [] } = verdict;
  const title = subject ?? verdict.title;
  const cases = [
    ...verdict.comparison.pairs.map((pair) => ({
      name: nameOf(pair),
      wrong: differencesOf(verdict, pair).map(({ sentence }) => sentence),
    })),
    {
      name: 'the conversation as a whole',
      wrong: [...otherDifferences(verdict), ...verdict.reports].map(({ sentence }) => sentence),
    },
  ];
  const failures = cases.filter(({ wrong }) => wrong.length > 0).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego replay" ${counts}>`,
    `  <testsuite name="${xml(title)}" ${counts}>`,
    ...cases.map(({ name, wrong }) => caseXml(title, name, wrong)),
    ...(notes.length === 0 ? [] : [`    <system-out>${xml(notes.join('\n'))}</system-out>`]),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseXml(title: string, name: string, wrong: readonly string[]): string {
  const head = `    <testcase classname="${xml(title)}" name="${xml(name)}"`;
  if (wrong.length === 0) return `${head}/>`;
  return `${head}>\n      <failure message="${xml(wrong[0] ?? '')}">${xml(wrong.join('\n'))}</failure>\n    </testcase>`;
}

function nameOf({ before, after }: Pair): string {
  const description = (before ?? after)?.description;
  return description === undefined ? '' : descriptionName(description);
}
