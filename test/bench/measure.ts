/** Time, told as ratios: absolute numbers of one machine say little. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled program; types come from its sources. */
export const load = async <T>(module: string): Promise<T> =>
  (await import(new URL(`../../dist/${module}`, import.meta.url).href)) as T;
export const pathOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The median of some runs in milliseconds, after one to warm up. Short ones are repeated until they can be measured. */
export function timeOf(run: () => unknown, runs = 7): number {
  run();
  const times = Array.from({ length: runs }, () => {
    let count = 0;
    const start = performance.now();
    do {
      run();
      count++;
    } while (performance.now() - start < 20);
    return (performance.now() - start) / count;
  });
  return median(times);
}

/** The median times in milliseconds of starting Node with each of these arguments, by turns. */
export function startTimesOf(all: readonly (readonly string[])[], runs = 11): readonly number[] {
  const times: number[][] = all.map(() => []);
  for (let turn = 0; turn <= runs; turn += 1) {
    for (const [i, args] of all.entries()) {
      const start = performance.now();
      spawnSync(process.execPath, args, { stdio: 'ignore' });
      // The first turn fills caches.
      if (turn > 0) times[i]?.push(performance.now() - start);
    }
  }
  return times.map(median);
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
