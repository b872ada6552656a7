import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { saveFilter } from '../../src/cli/filter.ts';
import type { ShowJson } from '../../src/core/report.ts';
import { renego } from './run.ts';

interface Shown {
  readonly events: readonly { readonly seq: number }[];
  readonly findings: readonly { readonly event: number }[];
}

const RESTART = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));
const events = readFileSync(RESTART, 'utf8').trim().split('\n').length;

describe('show', () => {
  test('prints a ladder: lanes, times, labels, and what each offer changes', async () => {
    const { code, stdout, stderr } = await renego(['show', RESTART]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ +# +s {2}alice +bob$/);
    expect(lines[1]).toMatch(/^ {4}1 {4}0\.256 {2}├─+►│ {2}offer #1 · /);
    expect(stdout).toMatch(
      /├─+►│ {2}offer #\d · ICE restart.*\n +│ +│ {4}Restarts ICE: ufrag \S+ → \S+, new password\./,
    );
    expect(lines.filter((line) => /^ *\d+ /.test(line)).length).toBeLessThan(events);
    expect(stdout).toMatch(/candidates ×\d+ host udp/);
  });

  test('--all prints a line for every event', async () => {
    const { stdout } = await renego(['show', RESTART, '--all']);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => /^ *\d+ /.test(line))).toHaveLength(events);
  });

  test('has no control sequence where stdout is no terminal, and is coloured where it is', async () => {
    expect((await renego(['show', RESTART])).stdout).not.toContain('\u001b');
    expect((await renego(['show', RESTART], { columns: 100 })).stdout).toContain('\u001b[36m');
  });

  test.each<[string, string[], Record<string, string>, number | undefined, boolean]>([
    ['--no-color on a terminal', ['--no-color'], {}, 100, false],
    ['NO_COLOR on a terminal', [], { NO_COLOR: '1' }, 100, false],
    ['an empty NO_COLOR', [], { NO_COLOR: '' }, 100, true],
    ['--color over NO_COLOR', ['--color'], { NO_COLOR: '1' }, 100, true],
    ['--color in a pipe', ['--color'], {}, undefined, true],
    ['FORCE_COLOR in a pipe', [], { FORCE_COLOR: '1' }, undefined, true],
    ['NO_COLOR over FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    ['FORCE_COLOR=0 on a terminal', [], { FORCE_COLOR: '0' }, 100, false],
    ['a dumb terminal', [], { TERM: 'dumb' }, 100, false],
  ])('colour with %s', async (_, flags, env, columns, coloured) => {
    const surroundings = columns === undefined ? { env } : { env, columns };
    const { stdout } = await renego(['show', RESTART, ...flags], surroundings);
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });

  test('keeps to the width of the terminal', async () => {
    const { stdout } = await renego(['show', RESTART, '--no-color'], { columns: 60 });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test.each([
    ['--ascii', ['--ascii'], {}],
    ['a locale without UTF-8', [], { LANG: 'C' }],
  ])('draws with ASCII only: %s', async (_, flags, env) => {
    const { stdout } = await renego(['show', RESTART, ...flags], { env });
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
    expect(stdout).toMatch(/\+-+>\| {2}offer #1/);
  });

  test('shows only what the filter lets through', async () => {
    const { stdout } = await renego(['show', RESTART, '--filter', 'kind:offer from:alice']);
    const shown = stdout.split('\n').filter((line) => /^ *\d+ /.test(line));
    expect(shown.length).toBeGreaterThan(1);
    for (const line of shown) expect(line).toMatch(/offer #\d/);
  });

  test('filters by what was found, and by saved filters', async () => {
    const config = mkdtempSync(join(tmpdir(), 'renego-test-'));
    const seqs = async (...flags: string[]) => {
      const { code, stdout } = await renego(['show', RESTART, '--json', ...flags], {
        env: { XDG_CONFIG_HOME: config },
      });
      return code === 0 ? (JSON.parse(stdout) as Shown).events.map(({ seq }) => seq) : [];
    };
    const all = JSON.parse((await renego(['show', RESTART, '--json'])).stdout) as Shown;
    const blamed = [...new Set(all.findings.map(({ event }) => event))].filter((event) => event > 0);
    expect(blamed.length).toBeGreaterThan(0);
    expect(await seqs('--filter', 'finding:any')).toEqual(blamed.sort((a, b) => a - b));
    expect(saveFilter({ env: { XDG_CONFIG_HOME: config } }, 'restarts', 'ice:restart')).toContain('@restarts is saved');
    expect(await seqs('--filter', '@restarts offer')).toEqual(await seqs('--filter', 'offer[ice:restart]'));
    expect(await seqs('--filter', '@restarts')).toContain(11);
    rmSync(config, { recursive: true });
  });

  test('underlines what is wrong with a filter', async () => {
    const { code, stderr } = await renego(['show', RESTART, '--filter', 'offer and kind:anwser']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      [
        'renego: --filter: there is no kind "anwser"; did you mean answer? [BAD_FILTER]',
        '  offer and kind:anwser',
        '                 ^^^^^^',
        '',
      ].join('\n'),
    );
  });

  test('one event of a session', async () => {
    const { stdout } = await renego(['show', `${RESTART}#1`]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  test('reads standard input', async () => {
    expect(await renego(['show', '-'], { stdin: readFileSync(RESTART, 'utf8') })).toEqual(
      await renego(['show', RESTART]),
    );
  });

  test('reads gzip: a webrtc-internals dump as it is saved', async () => {
    const path = fileURLToPath(new URL('../fixtures/dumps/webrtc-internals.json.gz', import.meta.url));
    const { code, stdout, stderr } = await renego(['show', path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toMatch(/^ +# +s {2}pc9-1 +pc9-2$/);
    expect(stdout).toMatch(/├─+►│ {2}offer #3 · ICE restart/);
  });

  test('--json is one object of schema 1, schema first', async () => {
    const { stdout } = await renego(['show', RESTART, '--json']);
    expect(stdout).toMatch(/^\{"schema":1,[^\n]*\}\n$/);
    const report = JSON.parse(stdout) as ShowJson;
    expect(Object.keys(report)).toEqual([
      'schema',
      'source',
      'parties',
      'events',
      'negotiations',
      'findings',
      'sessions',
    ]);
    expect(report.sessions[0]?.ledgers.slots.map(({ tenants }) => tenants.at(-1)?.kind)).toContain('audio');
    expect(report.parties).toEqual(['alice', 'bob']);
    expect(report.events).toHaveLength(events);
    expect(report.negotiations.map(({ cause }) => cause)).toContain('ice-restart');
    expect(report.findings.filter((finding) => (finding as { severity: string }).severity === 'error')).toEqual([]);
  });
});

describe('several sessions', () => {
  const missing = join(tmpdir(), 'renego-nowhere.ndjson');

  test('come one after the other, each under its name; one that cannot be read does not keep the others', async () => {
    const { code, stdout, stderr } = await renego(['show', RESTART, missing, `${RESTART}#1`]);
    const parts = stdout.split(/^==> (.*) <==\n/m);
    expect(parts.slice(1).filter((_, i) => i % 2 === 0)).toEqual([RESTART, missing, `${RESTART}#1`]);
    const alone = [await renego(['show', RESTART]), await renego(['show', `${RESTART}#1`])];
    expect([parts[2]?.trimEnd(), parts[6]?.trimEnd()]).toEqual(alone.map((one) => one.stdout.trimEnd()));
    expect({ code, read: parts[4]?.trim() }).toEqual({ code: 4, read: '' });
    expect(stderr).toContain('[UNREADABLE]');
  });

  test('--json is an object a line', async () => {
    const { code, stdout } = await renego(['show', RESTART, `${RESTART}#1`, '--json']);
    const shown = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(shown.map((line) => (JSON.parse(line) as Shown).events.length)).toEqual([events, 1]);
  });

  test.each([
    ['ONE_SESSION', [RESTART, RESTART, '--markdown']],
    ['STDIN_TWICE', ['-', '-']],
  ])('%s', async (error, args) => {
    const { code, stdout, stderr } = await renego(['show', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`[${error}]`);
  });
});
