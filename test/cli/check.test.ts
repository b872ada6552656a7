import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/rules/rule.ts';
import { all, readJunit } from '../helpers/junit.ts';
import { readCommands } from '../helpers/workflow-commands.ts';
import { renego } from './run.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const GOOD = fixture('negotiations/s02-add-video__chromium-chromium.ndjson');
const OFFER = fixture('sdp/chromium-156-offer-av-data.sdp');
const ANSWER = fixture('sdp/chromium-156-answer-av-data.sdp');
const sdp = readFileSync(OFFER, 'utf8');

let folder = '';
const put = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface File {
  path: string;
  format: string;
  events: number;
  findings: Finding[];
  counts: Record<string, number>;
  error?: { code: string };
}

/** `XDG_CONFIG_HOME` keeps the settings of whoever runs the tests out. */
const check = async (args: string[], stdin?: string) => {
  const env = { XDG_CONFIG_HOME: folder };
  const outcome = await renego(['check', ...args], stdin === undefined ? { env } : { env, stdin });
  const json = outcome.stdout.startsWith('{"schema":1') ? (JSON.parse(outcome.stdout).files as File[]) : [];
  return { ...outcome, files: json, rules: json.map(({ findings }) => findings.map(({ rule }) => rule)) };
};

describe('which files are checked', () => {
  test('several in the order given, each by itself', async () => {
    const bad = put('bad.sdp', sdp.replace('v=0\r\n', ''));
    const { code, files, rules } = await check([GOOD, bad, OFFER, '--json']);
    expect(code).toBe(1);
    expect(files.map(({ path, format }) => [path, format])).toEqual([
      [GOOD, 'transcript'],
      [bad, 'sdp'],
      [OFFER, 'sdp'],
    ]);
    expect(rules[1]).toEqual(['sdp-mandatory-line']);
    expect(files.map(({ counts }) => counts.error)).toEqual([0, 1, 0]);
  });

  test('standard input, once', async () => {
    expect(await check(['-', '--json'], sdp)).toMatchObject({ code: 0, files: [{ path: '-', events: 1 }] });
    expect(await check(['-', '-'], sdp)).toMatchObject({ code: 2, stdout: '' });
  });

  test('one event of a session', async () => {
    const path = put(
      'two.ndjson',
      [sdp, sdp]
        .map((text, i) =>
          JSON.stringify({ from: 'a', to: 'b', type: 'offer', sdp: i === 0 ? text.replace('v=0\r\n', '') : text }),
        )
        .join('\n'),
    );
    expect((await check([path, '--json'])).rules[0]).toContain('sdp-mandatory-line');
    expect((await check([`${path}#2`, '--json'])).rules[0]).not.toContain('sdp-mandatory-line');
  });

  test('the others where one cannot be read: exit code 4, and it is in the report', async () => {
    const { code, files, stderr } = await check(['no/such.sdp', put('bad2.sdp', sdp.replace('v=0\r\n', '')), '--json']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/cannot read no\/such.sdp: there is no such file \[UNREADABLE\]/);
    expect(files.map(({ error, counts }) => [error?.code, counts.error])).toEqual([
      ['UNREADABLE', 0],
      [undefined, 1],
    ]);
  });

  test('nothing is printed where none can be read', async () => {
    expect(await check(['no/such.sdp', 'nor/this.sdp', '--format', 'sarif'])).toMatchObject({ code: 4, stdout: '' });
  });
});

/** What arrives when an application has damaged a description. */
describe('broken descriptions', () => {
  test.each<[string, string]>([
    ['the wrong version', sdp.replace('v=0', 'v=1')],
    ['no v= line', sdp.replace('v=0\r\n', '')],
    ['a capital V', sdp.replace('v=0', 'V=0')],
    ['line breaks lost', sdp.replaceAll('\r\n', ' ')],
    ['indented by a template string', sdp.replaceAll('\r\n', '\r\n  ')],
  ])('%s: findings, not exit code 4', async (_, text) => {
    const { code, files } = await check([put('broken.sdp', text), '--json']);
    expect(code).toBe(1);
    expect(files[0]?.counts.error).toBeGreaterThan(0);
  });

  test.each<[string, string]>([
    ['nothing at all', ''],
    ['garbage before it', `garbage\r\n${sdp}`],
    ['a JSON string', JSON.stringify(sdp)],
    ['JSON of a description', JSON.stringify({ type: 'offer', sdp })],
    ['escaped line breaks', sdp.replaceAll('\r\n', '\\r\\n')],
  ])('%s, with --as offer: what the browser would be given is judged', async (_, text) => {
    const { code, files } = await check([put('broken.sdp', text), '--as', 'offer', '--json']);
    expect(code).toBe(1);
    expect(files[0]?.counts.error).toBeGreaterThan(0);
  });

  test('a foreign text is not read', async () => {
    expect(await check([put('foreign.txt', 'a=1\nb=2\necho m=3\n')])).toMatchObject({ code: 4, stdout: '' });
  });
});

describe('--as', () => {
  test('makes files one negotiation: what only the pair shows is found', async () => {
    expect((await check([OFFER, ANSWER, '--as', 'offer,answer', '--json'])).code).toBe(0);
    const short = put('short.sdp', readFileSync(ANSWER, 'utf8').replace(/m=application[\s\S]*/, ''));
    const { code, rules, files } = await check([OFFER, short, OFFER, '--as', 'offer,answer,offer', '--json']);
    expect(code).toBe(1);
    expect(files.map(({ path }) => path)).toEqual([OFFER, short, OFFER]);
    expect(rules[1]).toContain('answer-mline-count');
    expect(rules[0]).not.toContain('answer-mline-count');
  });

  test.each([
    [['--as', 'offer,answer', OFFER], /--as names 2 descriptions, but 1 files are given/],
    [['--as', 'offer,nonsense', OFFER, ANSWER], /'nonsense' in --as is none of offer, answer, pranswer/],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await check(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });
});

describe('levels and settings', () => {
  const bad = () => put('level.sdp', sdp.replace('v=0\r\n', ''));
  const rule = 'sdp-mandatory-line';

  test.each<[string, string[], number]>([
    ['an error fails', [], 1],
    ['but not with --fail-on never', ['--fail-on', 'never'], 0],
    ['a rule that is off is silent', ['--rule', `${rule}=off`], 0],
    ['a rule made a warning does not fail', ['--rule', `${rule}=warning`], 0],
    ['unless warnings do', ['--rule', `${rule}=warning`, '--fail-on', 'warning'], 1],
    ['a note never fails', ['--rule', `${rule}=info`, '--fail-on', 'warning'], 0],
  ])('%s', async (_, flags, code) => {
    expect(await check([bad(), ...flags])).toMatchObject({ code });
  });

  test('a config file sets rules and the level; the command line goes before it', async () => {
    const config = put('strict.json', JSON.stringify({ rules: { [rule]: 'warning' }, failOn: 'warning' }));
    expect((await check([bad(), '--config', config])).code).toBe(1);
    expect((await check([bad(), '--config', config, '--fail-on', 'error'])).code).toBe(0);
    expect((await check([bad(), '--config', config, '--rule', `${rule}=off`])).code).toBe(0);
  });

  test.each<[string, string | undefined, RegExp]>([
    ['is not there', undefined, /cannot read .*config.json: .* \[CONFIG_UNREADABLE\]/],
    ['is no JSON', '{', /json:1:2: it is no JSON: .* \[CONFIG_INVALID\]\n {2}\{\n {3}\^/],
    ['is no object', '[]', /it must be a JSON object/],
    [
      'has a foreign member',
      '{"rulez":{}}',
      /"rulez" is no setting \[CONFIG_INVALID\]\n[\s\S]*Did you mean "rules"\? Settings are/,
    ],
    ['has a wrong level', '{"failOn":"info"}', /"failOn" must be one of error, warning, never/],
    [
      'names no rule',
      '{"rules":{"mid-dup":"off"}}',
      /there is no rule 'mid-dup' \[CONFIG_INVALID\]\n[\s\S]*Did you mean mid-duplicate\?/,
    ],
    ['sets a rule to nothing', '{"rules":{"mid-duplicate":"of"}}', /can be off, error, warning, info, not 'of'/],
  ])('a config file that %s is named', async (_, text, message) => {
    const config = text === undefined ? join(folder, 'no-config.json') : put('config.json', text);
    expect(await check([OFFER, '--config', config])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  test('--rule with an unknown rule or level is refused', async () => {
    expect(await check([OFFER, '--rule', 'nonsense=off'])).toMatchObject({ code: 2 });
    expect(await check([OFFER, '--rule', 'mid-duplicate'])).toMatchObject({ code: 2 });
  });
});

describe('--golden', () => {
  const restart = fileURLToPath(
    new URL('../fixtures/negotiations/s06-ice-restart-option__chromium-firefox.ndjson', import.meta.url),
  );
  const video = fileURLToPath(
    new URL('../fixtures/negotiations/s02-add-video__chromium-chromium.ndjson', import.meta.url),
  );

  test('says that a recording is as another', async () => {
    const { code, stdout } = await renego(['check', restart, '--golden', restart]);
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/ is the same as .*: \d+ descriptions\.$/),
    });
  });

  test.each(['text', 'json', 'junit', 'github'])('says as %s what another one does differently', async (format) => {
    const { code, stdout } = await renego(['check', video, '--golden', restart, '--format', format]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/but not now|restarts ICE/);
  });

  test('of several files is one document, also where one cannot be read', async () => {
    const paths = [restart, 'no/such.ndjson', video];
    const golden = (format: string) => renego(['check', ...paths, '--golden', restart, '--format', format]);
    const { code, stdout, stderr } = await golden('junit');
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('no/such.ndjson') });
    const suites = all(readJunit(stdout), 'testsuite').map(({ attributes }) => attributes);
    expect(suites.map(({ name }) => name)).toEqual(paths);
    expect(suites.map(({ failures, errors }) => [failures === '0', errors])).toEqual([
      [true, '0'],
      [true, '1'],
      [false, '0'],
    ]);
    const lines = (await golden('json')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { equal: boolean }).equal)).toEqual([true, false, false]);
    const files = readCommands((await golden('github')).stdout).map(({ properties: { file } }) => file);
    expect(new Set(files)).toEqual(new Set(['no/such.ndjson', video]));
    expect((await golden('text')).stdout).toMatch(/^no\/such\.ndjson cannot be read: /m);
  });

  test('takes descriptions as one conversation', async () => {
    const pair = ['--as', 'offer,answer', OFFER, ANSWER];
    const { code, stdout } = await renego(['check', ...pair, '--golden', OFFER]);
    expect(code).toBe(1);
    expect(stdout).toContain('answer #1 of b (event 2) is not in the recording.');
  });

  test('takes no filter, and standard input once', async () => {
    const refused = async (...args: string[]) => (await renego(['check', ...args])).stderr;
    expect(await refused(video, '--golden', restart, '--filter', 'offer')).toContain('GOLDEN_FILTER');
    expect(await refused('-', '--golden', '-')).toContain('STDIN_TWICE');
  });

  test('has no other format', async () => {
    expect((await renego(['check', video, '--golden', restart, '--format', 'sarif'])).code).toBe(2);
  });
});

test('a rollback that a page does not wait for is no fault', async () => {
  const path = fixture('attach/rollback-not-awaited.renego.ndjson.gz');
  const [file] = JSON.parse((await renego(['check', path, '--format', 'json'])).stdout).files as File[];
  expect(file?.counts).toMatchObject({ error: 0, warning: 0 });
  const { stdout } = await renego(['show', path, '--all']);
  expect(stdout).toMatch(/local rollback/);
});
