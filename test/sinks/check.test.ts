import { describe, expect, test } from 'vitest';
import { checkGithub } from '../../src/sinks/check/github.ts';
import { checkJson } from '../../src/sinks/check/json.ts';
import { checkJunit } from '../../src/sinks/check/junit.ts';
import { countsOf, placeOf } from '../../src/sinks/check/report.ts';
import { checkSarif } from '../../src/sinks/check/sarif.ts';
import { checkText } from '../../src/sinks/check/text.ts';
import { REPORT } from './check/reports.ts';

const whole = (parts: Iterable<string>): string => [...parts].join('');
const golden = (name: string) => new URL(`../fixtures/check/${name}`, import.meta.url).pathname;

test.each([
  ['report.txt', whole(checkText(REPORT, 80))],
  ['report.json', whole(checkJson(REPORT))],
  ['report.sarif', whole(checkSarif(REPORT))],
  ['report.xml', whole(checkJunit(REPORT))],
  ['report.github', whole(checkGithub(REPORT))],
])('%s is as it was', async (name, text) => {
  await expect(text).toMatchFileSnapshot(golden(name));
});

test.each([
  ['text', whole(checkText(REPORT, 80))],
  ['SARIF', whole(checkSarif(REPORT))],
  ['JUnit', whole(checkJunit(REPORT))],
  ['GitHub', whole(checkGithub(REPORT))],
])('%s lets no control character through', (_, text) => {
  expect(text).toMatch(/^[\n\P{Cc}]*$/u);
});

describe('JSON', () => {
  const { schema, files } = JSON.parse(whole(checkJson(REPORT)));

  test('has an entry a file in the order given, path as given, field for field', () => {
    expect(schema).toBe(1);
    expect(files.map((file: object) => Object.keys(file).slice(0, 5))).toEqual(
      REPORT.files.map(() => ['path', 'format', 'events', 'findings', 'counts']),
    );
    expect(files.map(({ path }: { path: string }) => path)).toEqual(REPORT.files.map(({ path }) => path));
    expect(files[0].counts).toEqual({ error: 1, warning: 1, info: 1 });
    expect(files[0].findings).toEqual(REPORT.files[0]?.findings);
  });

  test('says why a file could not be read', () => {
    expect(files[2]).toMatchObject({ error: { code: 'UNREADABLE' }, findings: [] });
    expect(files[0]).not.toHaveProperty('error');
  });
});

/** What the SARIF 2.1.0 schema demands of the parts that are used. */
describe('SARIF', () => {
  const sarif = JSON.parse(whole(checkSarif(REPORT)));
  const [run] = sarif.runs;

  test('is version 2.1.0 with one run and its driver', () => {
    expect(Object.keys(sarif).sort()).toEqual(['$schema', 'runs', 'version']);
    expect(sarif.version).toBe('2.1.0');
    expect(run.tool.driver).toMatchObject({ name: 'renego', version: '0.1.0' });
    expect(['utf16CodeUnits', 'unicodeCodePoints']).toContain(run.columnKind);
  });

  test('describes each rule once, and every result points at its rule', () => {
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      expect(ids[ruleIndex]).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
      expect(message.text).not.toBe('');
      expect(locations).toHaveLength(1);
    }
  });

  test('names places by URI references and lines from 1', () => {
    const places = run.results.map(
      ({ locations }: { locations: { physicalLocation: object }[] }) => locations[0]?.physicalLocation,
    );
    for (const { artifactLocation, region } of places) {
      expect(artifactLocation.uri).toMatch(/^(?:[\w.~!*'()/-]|%[0-9A-F]{2})+$/);
      if (region !== undefined) expect(region.startLine).toBeGreaterThanOrEqual(1);
    }
    expect(decodeURIComponent(places[0].artifactLocation.uri)).toBe(REPORT.files[0]?.path);
    const absolute = { ...REPORT, files: [{ ...REPORT.files[0], file: '/tmp/x y.sdp' }] } as typeof REPORT;
    expect(
      JSON.parse(whole(checkSarif(absolute))).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri,
    ).toBe('file:///tmp/x%20y.sdp');
  });

  test('tells of files that could not be read as a failed invocation', () => {
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [expect.objectContaining({ level: 'error', descriptor: { id: 'UNREADABLE' } })],
      },
    ]);
    const readable = { ...REPORT, files: REPORT.files.filter(({ error }) => error === undefined) };
    expect(JSON.parse(whole(checkSarif(readable))).runs[0].invocations).toEqual([{ executionSuccessful: true }]);
  });
});

describe('JUnit', () => {
  const xml = whole(checkJunit(REPORT));

  test('counts what is in it', () => {
    const suites = [
      ...xml.matchAll(/<testsuite name="[^"]*" tests="(\d+)" failures="(\d+)" errors="(\d+)">(.*?)<\/testsuite>/gs),
    ];
    expect(suites).toHaveLength(REPORT.files.length);
    const sums = [0, 0, 0];
    for (const [, tests, failures, errors, body = ''] of suites) {
      const found = [/<testcase /g, /<failure /g, /<error /g].map((tag) => (body.match(tag) ?? []).length);
      expect(found).toEqual([tests, failures, errors].map(Number));
      for (const [index, count] of found.entries()) sums[index] = (sums[index] ?? 0) + count;
    }
    expect(xml).toContain(`tests="${sums[0]}" failures="${sums[1]}" errors="${sums[2]}">\n  <testsuite `);
  });

  test('is well-formed: every element is closed, nothing of the wire is markup', () => {
    const open: string[] = [];
    for (const [, end, name = '', self] of xml.matchAll(/<(\/)?([a-z-]+)(?:\s+[a-z]+="[^"<>]*")*(\/)?>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!self) open.push(name);
    }
    expect(open).toEqual([]);
    const text = xml.replace(/<\?xml[^>]*\?>|<\/?[a-z-]+(?:\s+[a-z]+="[^"<>]*")*\/?>/g, '');
    expect(text).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|apos);)/);
    expect(xml).not.toMatch(/[\ufffe\uffff]/);
  });
});

describe('GitHub', () => {
  const lines = whole(checkGithub(REPORT)).trimEnd().split('\n');

  test('has one command a finding, and one for a file that cannot be read', () => {
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1])).toEqual(['error', 'warning', 'notice', 'error', 'error']);
  });

  test('escapes as the runner reads it', () => {
    expect(lines[0]).toMatch(/^::error file=calls\/a%2Cb%3Ac%25d é#1.ndjson,line=3,title=mid-duplicate::/);
    expect(lines[0]).toContain('100%25, really%0AFirefox says: ');
    expect(lines[1]).toContain('::error::x %250A');
  });

  test('names no file for standard input', () => {
    expect(lines[4]).toMatch(/^::error title=mid-duplicate::/);
  });
});

describe('text', () => {
  const text = whole(checkText(REPORT, 80));

  test('keeps to the columns but for words that are longer', () => {
    for (const line of text.split('\n')) if (!/x{80}/.test(line)) expect(line.length).toBeLessThanOrEqual(96);
  });

  test('says once what a rule says in general, and cuts what a browser quotes', () => {
    expect(text.match(/Why mid-duplicate/g)).toHaveLength(1);
    expect(text).toContain('[…]');
  });

  test('tells of what cannot be read, and counts', () => {
    expect(text).toContain('  cannot read gone.sdp: there is no such file\n');
    expect(text).toMatch(/2 errors, 1 warning, 1 note in 4 files, 1 of them unreadable\n$/);
  });
});

test('a finding of the session as a whole has no place', () => {
  const [, , whole] = REPORT.files[0]?.findings ?? [];
  expect(whole && placeOf(whole)).toBe('');
  expect(countsOf([])).toEqual({ error: 0, warning: 0, info: 0 });
});
