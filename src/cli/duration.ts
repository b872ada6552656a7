/** Times on the command line: `30s`, `500ms`, `2m`; a bare number means seconds. */
import { RenegoError } from '../core/errors.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1000 };
/** The longest time a timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** Milliseconds. Throws RenegoError `usage` for what is no time, naming the option it came with. */
export function parseDuration(text: string, option: string): number {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|)$/.exec(text.trim());
  const value = Number(found?.[1]) * (UNITS[found?.[2] ?? ''] ?? Number.NaN);
  if (Number.isNaN(value) || value > LONGEST) {
    throw new RenegoError('usage', 'BAD_TIME', `${option}: '${text}' is no time`, 'Write it like 500ms, 3s or 2m.');
  }
  return value;
}
