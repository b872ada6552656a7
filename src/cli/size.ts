/** Sizes on the command line: `100MB`, `500KB`, `1GB`; a bare number means bytes. */
import { RenegoError } from '../core/errors.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };

/** Bytes. Throws RenegoError `usage` for what is no size, naming the option it came with. */
export function parseSize(text: string, option: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMG]?B|)$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN));
  if (!Number.isSafeInteger(bytes) || bytes < 1)
    throw new RenegoError('usage', 'BAD_SIZE', `${option}: '${text}' is no size`, 'Write it like 500KB, 100MB or 1GB.');
  return bytes;
}
