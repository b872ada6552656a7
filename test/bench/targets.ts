/** What the bench is for, row by row: what was wanted, what was measured. Printed at the end, and written into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { pathOf, print } from './measure.ts';

interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
}

const targets: Target[] = [];

/** `value` is a ratio, or whatever `shown` says; it should not be more than `most` (or less than `least`). */
export function target(
  what: string,
  value: number,
  bounds: { readonly most?: number; readonly least?: number; readonly unit?: string; readonly of: string },
): void {
  const { most, least, unit = '×', of } = bounds;
  const shown = (number: number): string => `${Number.isInteger(number) ? number : number.toFixed(2)}${unit}`;
  const wanted = most === undefined ? `at least ${shown(least ?? 0)}` : `at most ${shown(most)}`;
  const met = value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? 0);
  targets.push({ what, wanted: `${wanted} ${of}`.trim(), measured: shown(value), met });
}

export function printTargets(): void {
  const rows = targets.map(({ what, wanted, measured, met }) => [what, wanted, measured, met ? 'yes' : 'no']);
  print('Targets', ['what', 'wanted', 'measured', 'met'], rows);
}

/** Replaces what stands behind the README's marker. */
export function writeTargets(): void {
  const path = pathOf('README.md');
  const rows = targets.map(
    ({ what, wanted, measured, met }) => `| ${what} | ${wanted} | ${measured}${met ? '' : ' (missed)'} |`,
  );
  const where = `Measured with Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}.`;
  const table = ['| what | wanted | measured |', '|---|---|---|', ...rows, '', where].join('\n');
  const page = readFileSync(path, 'utf8');
  writeFileSync(path, page.replace(/(<!-- bench -->\n)[\s\S]*?(\n<!-- \/bench -->)/, `$1${table}$2`));
}
