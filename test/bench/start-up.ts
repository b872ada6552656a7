/** Start-up of the program as users get it: packed, installed from the tarball, also through npx. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { paintTimesOf } from './first-paint.ts';
import { ms, pathOf, print, ratio, startTimesOf } from './measure.ts';
import { target } from './targets.ts';

interface Installed {
  readonly bin: string;
  readonly folder: string;
  readonly kilobytes: number;
}

function install(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'renego-bench-'));
  const npm = (args: readonly string[], cwd: string) => execFileSync('npm', args, { cwd, stdio: 'ignore' });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], pathOf('.'));
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true}');
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], folder);
  const noop = join(folder, 'node_modules/.bin/noop');
  writeFileSync(noop, '#!/usr/bin/env node\n', { mode: 0o755 });
  return { bin: join(folder, 'node_modules/.bin/renego'), folder, kilobytes: statSync(tarball).size / 1024 };
}

/** What a screen shows when it shows anything. */
const OFFER = 'offer #1';

export async function startUp(): Promise<void> {
  const { bin, folder, kilobytes } = install();
  const session = pathOf('test/fixtures/sessions/ice-restart.ndjson');
  const commands = [['--version'], ['diff', session], ['check', session], ['show', session]];
  const times = startTimesOf([['-e', '0'], ...commands.map((args) => [bin, ...args])]);
  const [bare = { wall: 0, cpu: 0 }, ...ours] = times;
  const rows = commands.map(([name = ''], i) => {
    const { wall, cpu } = ours[i] ?? bare;
    if (name !== 'show') target(`\`renego ${name}\``, wall / bare.wall, { most: 1.6, of: 'of a bare Node start' });
    return [`renego ${name}`, ms(wall), ratio(wall, bare.wall), ms(wall - bare.wall), ms(cpu), ratio(cpu, bare.cpu)];
  });
  const view = { args: [bin, 'view', session], until: OFFER, leave: 'q' };
  const painted = await paintTimesOf([
    { args: ['-e', `console.log('${OFFER}')`], until: OFFER },
    view,
    { ...view, env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
    { args: [bin, 'demo'], until: OFFER, leave: 'q' },
  ]);
  if (painted !== undefined) {
    const [empty = 1, ...screens] = painted;
    const names = ['renego view, first paint', 'the same, nothing compiled yet', 'renego demo, first offer'];
    for (const [i, name] of names.entries())
      rows.push([name, ms(screens[i] ?? 0), ratio(screens[i] ?? 0, empty), ms((screens[i] ?? 0) - empty), '', '']);
    const [paint = 0, , offer = 0] = screens;
    target('`renego view`, first paint', paint / empty, { most: 3, of: 'of a bare Node start' });
    target('`renego demo`, first offer on the screen', offer / 1000, { most: 1, unit: ' s', of: 'after the command' });
  }
  const npx = (name: string) => {
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    const start = performance.now();
    spawnSync('npx', ['--no-install', name, '--version'], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, PATH: path },
    });
    return performance.now() - start;
  };
  const turns = Array.from({ length: 5 }, () => [npx('noop'), npx('renego')] as const);
  const middle = (of: 0 | 1): number => turns.map((turn) => turn[of]).sort((a, b) => a - b)[2] ?? 0;
  rows.push([
    'npx renego --version',
    ms(middle(1)),
    `${ratio(middle(1), middle(0))} of npx noop`,
    ms(middle(1) - middle(0)),
    '',
    '',
  ]);
  target('`npx renego --version`', middle(1) / middle(0), { most: 1.6, of: 'of `npx` of an empty script' });
  const head = ['command', 'ms', 'of bare node', 'more ms', 'CPU ms', 'of bare node'];
  print(`Start-up, installed from the tarball (${kilobytes.toFixed(0)} KB)`, head, [
    ['node -e 0', ms(bare.wall), '1.0×', '', ms(bare.cpu), '1.0×'],
    ...rows,
  ]);
  rmSync(folder, { recursive: true, force: true });
}
