/** What other programs read is read by them: TAP by a TAP parser, JUnit by an XML parser, annotations as the runner does. */
import fc from 'fast-check';
import { Parser } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/core/text.ts';
import { compareRecordings } from '../../src/rules/golden.ts';
import { check } from '../../src/rules/index.ts';
import type { ScenarioResult, StepResult } from '../../src/scenario/result.ts';
import { checkGithub } from '../../src/sinks/check/github.ts';
import { checkJunit } from '../../src/sinks/check/junit.ts';
import { scenariosGithub } from '../../src/sinks/scenario/github.ts';
import { scenariosJunit } from '../../src/sinks/scenario/junit.ts';
import { createTap } from '../../src/sinks/scenario/tap.ts';
import { verdictsGithub } from '../../src/sinks/verdict/github.ts';
import { verdictJunit, verdictsJunit } from '../../src/sinks/verdict/junit.ts';
import type { Judged, Verdict } from '../../src/sinks/verdict/verdict.ts';
import { all, readJunit } from '../helpers/junit.ts';
import { readCommands } from '../helpers/workflow-commands.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { REPORT } from '../sinks/check/reports.ts';

const restart = recorded('ice-restart.ndjson');
const last = restart.log.events.length;

const result = (name: string, steps: readonly StepResult[]): ScenarioResult => ({
  ...{ name, file: 'calls/x y.yaml', tags: [], steps, model: restart.model, findings: [] },
});
const ok = (text: string): StepResult => ({ text, outcome: 'ok', took: 5, events: [0, 1] });
const red = (text: string, why: string): StepResult => ({
  ...{ text, outcome: 'failed', took: 3000.4, why, line: 9, event: 13, events: [last, last] },
});
const skipped = (text: string): StepResult => ({ text, outcome: 'skipped', took: 0, events: [last, last] });

/** Texts that a format may take for its own. */
const ODD = [
  'plain',
  '- dash # SKIP no \\# \\\\ back\\slash',
  '# TODO later',
  '<a href="x">&amp;&</a> ]]>',
  "it's 100 %, a:b ::error::x",
  '\u001b[2J\u0007\ufffe\r\n1..9\nnot ok 7',
  '☃ \ud83d\ude00 \ud800',
  '1..4',
  '...',
];
const odd = ODD.map((text) => result(text, [ok(text), red(text, text), skipped(text)]));

interface Read {
  readonly ok: boolean;
  readonly count: number;
  readonly failures: readonly unknown[];
  readonly tests: readonly { name: string; ok: boolean; skip: unknown; diag: unknown }[];
  readonly wrong: readonly string[];
}

function readTap(text: string): Read {
  const tests: { name: string; ok: boolean; skip: unknown; diag: unknown }[] = [];
  const wrong: string[] = [];
  let read: Omit<Read, 'tests' | 'wrong'> | undefined;
  const parser = new Parser({ strict: true }, ({ ok: green, count, failures }) => {
    read = { ok: green, count, failures: failures.filter(({ tapError }) => tapError) };
  });
  parser.on('assert', ({ name, ok: green, skip, diag }) => void tests.push({ name, ok: green, skip, diag }));
  parser.on('extra', (line: string) => void wrong.push(line));
  parser.end(text);
  if (read === undefined) throw new Error('the parser came to no end');
  return { ...read, tests, wrong };
}

function tap(results: readonly ScenarioResult[], ascii = false): Read {
  const written = createTap({ ascii, columns: ascii ? 80 : 0 });
  return readTap(`${written.head}${results.map(written.result).join('')}${written.end()}`);
}

describe('TAP', () => {
  test.each([true, false])('is read whole, whatever the texts are; ascii: %s', (ascii) => {
    const read = tap(odd, ascii);
    expect(read).toMatchObject({ ok: false, count: odd.length * 3, failures: [], wrong: [] });
    const outcomes = read.tests.map(({ ok: green, skip }) => [green, skip !== false]);
    const [good, bad, left] = [
      [true, false],
      [false, false],
      [true, true],
    ];
    expect(outcomes).toEqual(odd.flatMap(() => [good, bad, left]));
    expect(read.tests.map(({ diag }) => diag).filter((diag) => diag)).toEqual(
      ODD.map((text) => ({ message: printable(text), event: 13, at: 'calls/x y.yaml:9' })),
    );
  });

  test('is green if all is', () => {
    expect(tap([result('x', [ok('a'), ok('b')])])).toMatchObject({ ok: true, count: 2, failures: [], wrong: [] });
  });

  test('has one test a step for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { tests, failures, wrong } = tap([result(text, [ok(text), red(text, text)])]);
        expect({ failures, wrong, green: tests.map((one) => one.ok) }).toEqual({
          ...{ failures: [], wrong: [], green: [true, false] },
        });
        expect(tests[1]?.diag).toMatchObject({ message: printable(text) });
      }),
    );
  });
});

const golden = ({ log, model }: typeof restart) => ({ model, findings: check(log.events, {}) });
const same: Verdict = {
  title: 'good.ndjson',
  comparison: compareRecordings(golden(restart), golden(restart)),
  reports: [],
};
const verdicts: readonly Judged[] = [
  same,
  ...ODD.map(
    (text): Verdict => ({
      ...{ title: 'good.ndjson', subject: text, notes: [text], reports: [{ kind: 'missing', sentence: text }] },
      comparison: compareRecordings(golden(restart), golden(emptyRecording())),
    }),
  ),
  { title: 'good.ndjson', subject: 'gone.ndjson', error: { code: 'UNREADABLE', message: ODD.join(' ') } },
];

describe('JUnit', () => {
  test('of check', () => {
    const suites = all(readJunit([...checkJunit(REPORT)].join('')), 'testsuite');
    expect(suites.map(({ attributes }) => attributes.name)).toEqual(REPORT.files.map(({ path }) => path));
  });

  test('of scenarios: a suite each, a case a step, the ladder in the failure', () => {
    const read = readJunit(scenariosJunit(odd));
    expect(read.attributes).toMatchObject({ tests: String(odd.length * 3), failures: String(odd.length), errors: '0' });
    const [failure] = all(read, 'failure');
    expect(failure?.attributes).toEqual({ type: 'step', message: 'plain' });
    expect(failure?.text).toMatch(/^plain\nat calls\/x y\.yaml:9\n\n(?:.*\n)*> +13 .*answer #2/);
    expect(all(read, 'testsuite').map(({ attributes }) => attributes.name)).toEqual(ODD.map(lined));
  });

  test('of verdicts: a suite each, in one document', () => {
    const read = readJunit(verdictsJunit('renego check', verdicts));
    expect(read.attributes).toMatchObject({ name: 'renego check', errors: '1' });
    expect(all(read, 'testsuite')).toHaveLength(verdicts.length);
    expect(readJunit(verdictJunit(same)).attributes).toMatchObject({ name: 'renego replay', failures: '0' });
  });

  test('what the schema does not know is seen', () => {
    expect(() => readJunit('<testsuites><testsuite name="x"/></testsuites>')).toThrow('has no tests');
    expect(() => readJunit('<testsuites tests="1"/>')).toThrow('says tests="1"');
    expect(() => readJunit('<testsuites>&nbsp;</testsuites>')).toThrow();
  });
});

/** As an XML parser has the text of an attribute: its line breaks are spaces. */
const lined = (text: string): string =>
  text
    .split('\n')
    .map(printable)
    .join(' ')
    .replace(/[\ufffe\uffff]/g, '\ufffd');

describe('annotations', () => {
  test('of check', () => {
    const commands = readCommands([...checkGithub(REPORT)].join(''));
    expect(commands[0]).toMatchObject({ name: 'error', properties: { file: 'calls/a,b:c%d é#1.ndjson', line: '3' } });
    expect(commands[0]?.data).toContain('\nFix: Do it "right".');
  });

  test('of scenarios: one a failure, at its line', () => {
    const commands = readCommands(scenariosGithub(odd));
    expect(commands).toEqual(
      ODD.map((text) => ({
        name: 'error',
        properties: { file: 'calls/x y.yaml', line: '9', title: printable(text) },
        data: expect.stringMatching(/\n> +13 .*answer #2/),
      })),
    );
    expect(commands.map(({ data }) => data.split('\n')[0])).toEqual(ODD.map((text) => printable(`${text}: ${text}`)));
  });

  test('of a scenario from standard input name no file', () => {
    const [command] = readCommands(scenariosGithub([{ ...result('x', [red('a', 'b')]), file: '-' }]));
    expect(command?.properties).toEqual({ title: 'x' });
  });

  test('of verdicts: one a difference', () => {
    const commands = readCommands(verdictsGithub(verdicts));
    const files = new Set(commands.map(({ properties: { file } }) => file));
    expect(files).toEqual(new Set([...ODD.map(printable), 'gone.ndjson']));
    for (const { properties } of commands) expect(properties.title).toBe('not the same as good.ndjson');
  });
});
