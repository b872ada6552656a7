/** Time, told as ratios: absolute numbers of one machine say little. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled program; types come from its sources. */
export const load = async <T>(module: string): Promise<T> =>
  (await import(new URL(`../../dist/${module}`, import.meta.url).href)) as T;
export const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The median of some runs in milliseconds, after one to warm up. Short ones are repeated until they can be measured. */
export function timeOf(run: () => unknown, runs = 7): number {
  return timesOf([run], runs)[0] ?? 0;
}

/** The same of several, by turns: what else the machine does slows all of them down, and their ratios stay true. */
export function timesOf(all: readonly (() => unknown)[], runs = 7): readonly number[] {
  for (const run of all) run();
  const turns = Array.from({ length: runs }, () => all.map(onceOf));
  return all.map((_, i) => median(turns.map((turn) => turn[i] ?? 0)));
}

function onceOf(run: () => unknown): number {
  let count = 0;
  const start = performance.now();
  do {
    run();
    count++;
  } while (performance.now() - start < 20);
  return (performance.now() - start) / count;
}

export interface StartTime {
  readonly wall: number;
  /** What all its threads worked together; says the same on a busy machine. */
  readonly cpu: number;
}

/** The median times in milliseconds of starting Node with each of these arguments, by turns. bash takes them. */
export function startTimesOf(all: readonly (readonly string[])[], runs = 11): readonly StartTime[] {
  for (const args of all) startTimeOf(args); // fills caches
  const turns = Array.from({ length: runs }, () => all.map(startTimeOf));
  return all.map((_, i) => ({
    wall: median(turns.map((turn) => turn[i]?.wall ?? 0)),
    cpu: median(turns.map((turn) => turn[i]?.cpu ?? 0)),
  }));
}

function startTimeOf(args: readonly string[]): StartTime {
  const timed = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', timed, 'bash', process.execPath, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [wall = 0, user = 0, system = 0] = stderr
    .trim()
    .split(' ')
    .map((seconds) => Number(seconds) * 1000);
  return { wall, cpu: user + system };
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

export const ms = (time: number): string => (time < 10 ? time.toFixed(2) : time.toFixed(0));
export const ratio = (time: number, base: number): string => `${(time / base).toFixed(1)}×`;

/** Prints rows under a heading, columns aligned. */
export function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const text = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  console.log([title, text(head), text(widths.map((width) => '-'.repeat(width))), ...rows.map(text), ''].join('\n'));
}
