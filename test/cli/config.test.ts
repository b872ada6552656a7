import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig, PROJECT_FILE } from '../../src/cli/config.ts';
import { SETTINGS } from '../../src/cli/settings.ts';
import { renego } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const home = join(folder, 'home');
const put = (path: string, settings: object): string => {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, JSON.stringify(settings));
  return whole;
};
const user = put('home/renego/config.json', {
  theme: 'dark',
  failOn: 'never',
  rules: { 'candidates-mdns-only': 'off', 'munging-suspected': 'off' },
});
const project = put('project.json', { failOn: 'warning', rules: { 'munging-suspected': 'error' }, mouse: false });
const env = (more: object = {}) => ({ XDG_CONFIG_HOME: home, ...more });

describe('settings', () => {
  test('are taken from the user, over it the project, over it the environment, rule by rule', async () => {
    const config = await loadConfig({ env: env({ RENEGO_THEME: 'light', RENEGO_ASCII: '1' }) }, project);
    expect(config).toMatchObject({ theme: 'light', failOn: 'warning', mouse: false, ascii: true });
    expect(config.rules).toEqual({ 'candidates-mdns-only': 'off', 'munging-suspected': 'error' });
    expect(Object.fromEntries(config.origins)).toMatchObject({
      theme: 'RENEGO_THEME',
      failOn: project,
      'rules.candidates-mdns-only': user,
      'rules.munging-suspected': project,
    });
    expect(config.origins.has('keys')).toBe(false);
  });

  test('RENEGO_CONFIG names the file of the project', async () => {
    expect((await loadConfig({ env: env({ RENEGO_CONFIG: project }) })).failOn).toBe('warning');
    await expect(loadConfig({ env: env({ RENEGO_CONFIG: join(folder, 'none') }) })).rejects.toThrow('cannot read');
  });

  test('a project is found from the folders in it', async () => {
    const found = put(`app/${PROJECT_FILE}`, { theme: 'contrast' });
    mkdirSync(join(folder, 'app/src/deep'), { recursive: true });
    const before = process.cwd();
    process.chdir(join(folder, 'app/src/deep'));
    try {
      const config = await loadConfig({ env: env() });
      expect(config.theme).toBe('contrast');
      expect(config.files[1]).toMatchObject({ what: 'project', found: true });
      expect(config.origins.get('theme')?.endsWith(found.slice(-20))).toBe(true);
    } finally {
      process.chdir(before);
    }
  });

  test.each([
    ['RENEGO_THEME', 'purple', /RENEGO_THEME=purple: "theme" must be one of auto, dark/],
    ['RENEGO_MOUSE', 'perhaps', /RENEGO_MOUSE=perhaps: "mouse" must be true or false/],
    ['RENEGO_FAIL_ON', 'x', /"failOn" must be one of/],
  ])('%s=%s is refused', async (name, value, why) => {
    await expect(loadConfig({ env: env({ [name]: value }) })).rejects.toThrow(why);
  });

  test('each says what is wrong with nonsense', () => {
    for (const { name, fault } of SETTINGS) expect(fault(17)?.message, name).toContain(`"${name}" must be`);
  });
});

describe('renego config', () => {
  test('shows each value and where it comes from', async () => {
    const { code, stdout } = await renego(['config', '--config', project], { env: env({ RENEGO_THEME: 'none' }) });
    expect(code).toBe(0);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows).toContainEqual(['theme', 'none', 'RENEGO_THEME']);
    expect(rows).toContainEqual(['failOn', 'warning', project]);
    expect(rows).toContainEqual(['rules.candidates-mdns-only', 'off', user]);
    expect(rows).toContainEqual(['ascii', 'false', 'default']);
    expect(stdout).toContain(`user file: ${user}\n`);
  });

  test("tells of keys that are in each other's way", async () => {
    const keys = put('keys.json', {
      keys: { 'restart-ice': 'h', hangup: 'none', offer: 'h', nothing: 'x', stop: 'Hyper-X' },
    });
    const { stdout, stderr } = await renego(['config', '--keys', '--config', keys], { env: env() });
    expect(stdout).toMatch(/^restart-ice +h +restart ICE/m);
    expect(stderr.split('\n').slice(0, -1)).toEqual([
      'renego: keys: there is no "nothing"; renego config --keys lists all',
      'renego: keys: "Hyper-X" for stop is no key, as r, Ctrl-R and PgUp are',
      'renego: keys: h is given to restart-ice and to offer; it stays with restart-ice',
    ]);
    const json = JSON.parse((await renego(['config', '--json', '--config', keys], { env: env() })).stdout);
    expect(json).toMatchObject({ schema: 1, problems: expect.arrayContaining([expect.stringContaining('Hyper-X')]) });
  });

  test('tells of saved filters that mean nothing', async () => {
    const filters = put('filters.json', { filters: { good: 'offer', bad: 'offer and (' } });
    const { stderr } = await renego(['config', '--config', filters], { env: env() });
    expect(stderr).toMatch(/^renego: filters: @bad: .*\(column \d+\)\n$/);
  });

  test.each([
    [
      '{\n  "mouse": true,\n  "theme": "drak"\n}',
      ['3:3: "theme" must be one of', '  "theme": "drak"', '  ^', 'Did you mean "dark"?'],
    ],
    ['{ "keyz": {} }', ['1:3: "keyz" is no setting', '  ^', 'Did you mean "keys"?']],
    [
      '{\r\n "rules": {\r\n  "galre": "off" } }',
      ["3:3: there is no rule 'galre'", '"galre": "off"', 'Did you mean glare?'],
    ],
    ['{ "theme": "dark", }', ['1:20: it is no JSON', '^']],
  ])('points at what is wrong in %j', async (text, parts) => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, text);
    const { code, stderr } = await renego(['config', '--config', path], { env: env() });
    expect([code, stderr.endsWith('\n')]).toEqual([2, true]);
    for (const part of parts) expect(stderr).toContain(part);
  });

  test('reads a file with a byte order mark, and says plainly that one is not there', async () => {
    const path = join(folder, 'marked.json');
    writeFileSync(path, '\ufeff{\r\n  "theme": "dark"\r\n}\r\n');
    expect((await renego(['config', '--config', path], { env: env() })).stdout).toMatch(/^theme +dark/m);
    const { stderr } = await renego(['config', '--config', join(folder, 'none.json')], { env: env() });
    expect(stderr).toMatch(/none\.json: there is no such file \[CONFIG_UNREADABLE\]\n {2}It was named by --config/);
  });
});
