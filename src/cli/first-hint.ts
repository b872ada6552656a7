/** What is said at the first few starts of the screen, and then no more. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stateFolder } from './folders.ts';
import type { Io } from './io.ts';
import type { ScreenSettings } from './settings.ts';

/** A sentence a start: the first, the second and the third. Each fits the narrowest common terminal, 80 columns. */
const HINTS: readonly string[] = [
  '? lists all keys, : finds any command, / filters, q quits',
  'n goes to the next error or warning, D compares two marked with space',
  '1 to 8 are the tabs, ] goes to the next change, z shows only the details',
];

/** The hint of this start, if there is one left. A state that cannot be written means no hints. */
export function firstHint({ env }: Pick<Io, 'env'>, { hints = true }: Partial<ScreenSettings>): { hint?: string } {
  if (!hints || env.CI !== undefined) return {};
  const path = join(stateFolder(env), 'renego', 'starts');
  const starts = startsBefore(path);
  const hint = HINTS[starts];
  if (hint === undefined) return {};
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${starts + 1}\n`);
    return { hint };
  } catch {
    return {};
  }
}

function startsBefore(path: string): number {
  try {
    const starts = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(starts) && starts >= 0 ? starts : HINTS.length;
  } catch {
    return 0;
  }
}
