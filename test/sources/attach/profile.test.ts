import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeProfile, removeLeftovers } from '../../../src/sources/attach/profile.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The number of a process that is over. */
const over = (): number => spawnSync(process.execPath, ['--version']).pid;
const MARK = 'renego-profile.json';

/** A profile as it says of itself, changed. */
function left(change: (mark: { machine: string; pids: number[] }) => object): string {
  const { path } = makeProfile(folder);
  const mark = join(path, MARK);
  writeFileSync(mark, JSON.stringify(change(JSON.parse(readFileSync(mark, 'utf8')))));
  mkdirSync(join(path, 'Default'));
  writeFileSync(join(path, 'Default', 'Cookies'), 'x');
  return path;
}

test('what a process that is over has left is removed, with the browser it had', async () => {
  const [one, other] = [over(), over()];
  const path = left((mark) => ({ ...mark, pids: [one, other] }));
  await removeLeftovers(folder);
  expect(existsSync(path)).toBe(false);
});

test('what is used, and what may be of somebody else, stays', async () => {
  const gone = over();
  const used = makeProfile(folder);
  const byBrowser = left((mark) => ({ ...mark, pids: [gone, process.pid] }));
  const elsewhere = left((mark) => ({ pids: [gone], machine: `${mark.machine} other` }));
  const odd = [
    left(() => ({})),
    left((mark) => ({ ...mark, pids: [] })),
    left((mark) => ({ ...mark, pids: [0, -1, 'x'] })),
  ];
  const bare = mkdtempSync(join(folder, 'renego-browser-'));
  const target = left((mark) => ({ ...mark, pids: [gone, process.pid] }));
  const link = join(folder, 'renego-browser-link');
  symlinkSync(target, link);
  const strange = join(folder, 'other');
  mkdirSync(strange);
  await removeLeftovers(folder);
  for (const path of [used.path, byBrowser, elsewhere, ...odd, bare, target, link, strange])
    expect([path, existsSync(path)]).toEqual([path, true]);
  await removeLeftovers(join(folder, 'nowhere'));
});

test('it is removed at the end, or at once', async () => {
  const [first, second] = [makeProfile(folder), makeProfile(folder)];
  first.usedBy(process.pid);
  await first.remove();
  second.removeNow();
  expect(readdirSync(folder)).toEqual([]);
});
