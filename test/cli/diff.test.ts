import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../src/sdp/change.ts';
import { renego } from './run.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const RESTART = fixture('sessions/ice-restart.ndjson');
const VIDEO = fixture('negotiations/s02-add-video__chromium-chromium.ndjson');
const OFFER = fixture('sdp/chromium-156-offer-av-data.sdp');
const OTHER = fixture('sdp/wrtc-m106-offer-av-data.sdp');

/** Event numbers of the offers of a transcript. */
const offers = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.includes('"type":"offer"') ? [index + 1] : []));

interface DiffJson {
  schema: 1;
  equal: boolean;
  changes: Change[];
  rounds?: { offer: number; base: number | null; changes: Change[]; equal: boolean }[];
}

const json = async (...argv: string[]) => {
  const { code, stdout } = await renego(['diff', ...argv, '--json']);
  expect(stdout).toMatch(/^\{"schema":1,"equal":(true|false),"changes":\[/);
  return { code, ...(JSON.parse(stdout) as DiffJson) };
};

describe('what is compared', () => {
  test('a file with itself is equal: exit code 0', async () => {
    expect(await json(OFFER, OFFER)).toEqual({ code: 0, schema: 1, equal: true, changes: [] });
    expect((await renego(['diff', OFFER, OFFER])).stdout).toMatch(/no difference in meaning/);
  });

  test('two files: exit code 1 if they differ', async () => {
    const { code, equal, changes } = await json(OFFER, OTHER);
    expect({ code, equal }).toEqual({ code: 1, equal: false });
    expect(changes.length).toBeGreaterThan(0);
  });

  test('an event of a session with a file, one of them from standard input', async () => {
    const [first = 0] = offers(RESTART);
    const fromStdin = await renego(['diff', `${RESTART}#${first}`, '-', '--json'], {
      stdin: readFileSync(OFFER, 'utf8'),
    });
    expect(JSON.parse(fromStdin.stdout)).toEqual(
      JSON.parse((await renego(['diff', `${RESTART}#${first}`, OFFER, '--json'])).stdout),
    );
  });

  test('two events of a session', async () => {
    const [first = 0, second = 0] = offers(VIDEO);
    const { changes, rounds } = await json(VIDEO, String(first), String(second));
    expect(changes.map((change) => change.class)).toContain('section-added');
    expect(rounds).toBeUndefined();
  });

  test('one event with what it follows', async () => {
    const [, second = 0] = offers(VIDEO);
    expect((await json(VIDEO, String(second))).changes).toEqual((await json(`${VIDEO}#${second}`)).changes);
    expect((await json(VIDEO, String(second))).changes.map((change) => change.class)).toContain('section-added');
  });

  test('every round of a session; changes are those of all rounds', async () => {
    const { code, equal, changes, rounds = [] } = await json(RESTART);
    expect({ code, equal }).toEqual({ code: 1, equal: false });
    expect(rounds.map(({ offer }) => offer)).toEqual(offers(RESTART));
    expect(rounds[0]).toMatchObject({ base: null, changes: [], equal: true });
    expect(rounds.flatMap((round) => round.changes)).toEqual(changes);
    expect(changes.map((change) => change.class)).toContain('ice-restart');
  });
});

describe('as text', () => {
  test('sentences with the lines they are about', async () => {
    const { stdout } = await renego(['diff', RESTART]);
    expect(stdout).toMatch(
      /• Restarts ICE: .*\[ice-restart\]\n( {4}- +\d+ a=ice-\w+:.*\n)+( {4}\+ +\d+ a=ice-\w+:.*\n)+/,
    );
  });

  test('side by side where there is room', async () => {
    const { stdout } = await renego(['diff', RESTART, '--no-color'], { columns: 140 });
    expect(stdout).toMatch(/^ {4}- +\d+ a=ice-ufrag:\S+ +│ \+ +\d+ a=ice-ufrag:\S+$/m);
    const lines = stdout.split('\n').filter((line) => line.startsWith('    '));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
  });

  test('--raw is a unified diff whose line numbers are right', async () => {
    const { code, stdout } = await renego(['diff', OFFER, OTHER, '--raw']);
    expect(code).toBe(1);
    const before = readFileSync(OFFER, 'utf8').split('\r\n');
    expect(stdout).toMatch(/^--- .*\n\+\+\+ .*\n@@ -1,\d+ \+1,\d+ @@\n/);
    for (const hunk of stdout.split(/^@@ /m).slice(1)) {
      const [, start] = /^-(\d+),/.exec(hunk) ?? [];
      const [, first = ''] = hunk.split('\n').filter((line) => !line.startsWith('+'));
      expect(first.slice(1)).toBe(before[Number(start) - 1]);
    }
  });

  test('--raw of the same text is empty of differences', async () => {
    expect(await renego(['diff', OFFER, OFFER, '--raw'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the same text'),
    });
  });
});

describe('--agreement', () => {
  test('of a session: what each round settled', async () => {
    const { stdout } = await renego(['diff', RESTART, '--agreement']);
    expect(stdout).toMatch(/Audio flows both ways with opus/);
    expect(stdout).toMatch(/One transport for mids/);
  });

  test('of an offer and its answer in two files', async () => {
    const { stdout } = await renego([
      'diff',
      '--agreement',
      OFFER,
      fixture('sdp/chromium-156-answer-av-data.sdp'),
      '--json',
    ]);
    const { agreement } = JSON.parse(stdout);
    expect(agreement.sections.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['audio', 'video']),
    );
  });

  test('tells what was offered and not taken', async () => {
    const { code, stdout } = await renego([
      'diff',
      '--agreement',
      OFFER,
      fixture('sdp/firefox-153-answer-av-data.sdp'),
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/offered, but not taken:\n {2}• /);
  });
});

describe('a whole session', () => {
  test('tells what the first round settles and what every later one changes for the call', async () => {
    const { stdout } = await renego(['diff', VIDEO]);
    expect(stdout).toMatch(
      /the first: nothing to compare with\n {2}answer #1 .* settles:\n {2}• Audio flows both ways/,
    );
    expect(stdout).toMatch(/Adds video section[\s\S]*; for the call:\n {2}• Video 'mid 2' flows/);
  });

  test('says why a round came to nothing', async () => {
    const { stdout } = await renego(['diff', fixture('negotiations/fuzz-superseded-and-glare.ndjson')]);
    expect(stdout).toMatch(/^ {2}(superseded|rolled back) by event \d+$/m);
  });

  test('--json has answer, state and outcome of each round', async () => {
    const { rounds = [] } = await json(VIDEO);
    expect(rounds[1]).toMatchObject({
      state: 'complete',
      answer: expect.any(Number),
      outcome: { sentences: [{ mid: '2', class: 'section-added' }] },
    });
  });
});

describe('--markdown', () => {
  test.each<[string, string[]]>([
    ['of a session', [VIDEO]],
    ['of two files', [OFFER, OTHER]],
    ['of an agreement', [VIDEO, '--agreement']],
    ['line by line', [OFFER, OTHER, '--raw']],
  ])('%s: headings, fences that close, no control character, no colour', async (_, args) => {
    const { stdout, code } = await renego(['diff', ...args, '--markdown'], { columns: 120 });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^### \S/);
    expect(stdout).toMatch(/^[\n\P{C}]*$/u);
    expect((stdout.match(/^ *```/gm) ?? []).length % 2).toBe(0);
  });
});
