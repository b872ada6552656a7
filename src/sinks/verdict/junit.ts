/**
 * Verdicts as JUnit XML: a suite for each, in it a case for each description and one for everything else, and what was
 * recorded beside what came now.
 */
import { stripVTControlCharacters } from 'node:util';
import { descriptionName } from '../../core/label.ts';
import { xml } from '../check/junit.ts';
import { verdictText } from './text.ts';
import {
  differencesOf,
  isRead,
  type Judged,
  otherDifferences,
  type Pair,
  type Unread,
  type Verdict,
} from './verdict.ts';

interface Suite {
  readonly title: string;
  readonly cases: readonly string[];
  readonly failures: number;
  readonly errors: number;
  /** The verdict as people read it. */
  readonly told: string;
}

export function verdictJunit(verdict: Verdict): string {
  return verdictsJunit('renego replay', [verdict]);
}

/** `name` is who judged. */
export function verdictsJunit(name: string, judged: readonly Judged[]): string {
  const suites = judged.map((one) => (isRead(one) ? compared(one) : unread(one)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}" ${counts(suites)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${xml(suite.title)}" ${counts([suite])}>`,
      ...suite.cases,
      ...(suite.told === '' ? [] : [`    <system-out>${xml(suite.told)}</system-out>`]),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(suites: readonly Suite[]): string {
  const sum = (of: (suite: Suite) => number) => suites.reduce((total, suite) => total + of(suite), 0);
  return `tests="${sum(({ cases }) => cases.length)}" failures="${sum(({ failures }) => failures)}" errors="${sum(({ errors }) => errors)}"`;
}

function compared(verdict: Verdict): Suite {
  const title = verdict.subject ?? verdict.title;
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
  return {
    title,
    cases: cases.map(({ name, wrong }) => caseXml(title, name, wrong)),
    failures: cases.filter(({ wrong }) => wrong.length > 0).length,
    errors: 0,
    told: stripVTControlCharacters(verdictText(verdict, { ascii: false, columns: 0 })),
  };
}

function unread({ subject, error: { code, message } }: Unread): Suite {
  const error = `      <error type="${xml(code)}" message="${xml(message)}"/>`;
  return {
    title: subject,
    cases: [element(subject, 'the conversation as a whole', error)],
    failures: 0,
    errors: 1,
    told: '',
  };
}

function caseXml(title: string, name: string, wrong: readonly string[]): string {
  if (wrong.length === 0) return `    <testcase ${attributes(title, name)}/>`;
  const failure = `      <failure type="difference" message="${xml(wrong[0] ?? '')}">${xml(wrong.join('\n'))}</failure>`;
  return element(title, name, failure);
}

const element = (title: string, name: string, body: string): string =>
  `    <testcase ${attributes(title, name)}>\n${body}\n    </testcase>`;

const attributes = (title: string, name: string): string => `classname="${xml(title)}" name="${xml(name)}"`;

function nameOf({ before, after }: Pair): string {
  const description = (before ?? after)?.description;
  return description === undefined ? '' : descriptionName(description);
}
