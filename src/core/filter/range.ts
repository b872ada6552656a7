/** Numbers, times and sizes in filters: `3`, `1s..3s`, `4kB`. */

/** Both ends belong to it. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

type Read = (text: string) => number | undefined;

const plain = (text: string): number | undefined => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

export const readNumber: Read = plain;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Milliseconds; a plain number means seconds, as the ladder shows them. */
export const readTime: Read = (text) => withUnit(text, UNITS, 1000);

const SIZES: Readonly<Record<string, number>> = { b: 1, k: 1024, kb: 1024, mb: 1024 * 1024 };

export const readBytes: Read = (text) => withUnit(text, SIZES, 1);

function withUnit(text: string, units: Readonly<Record<string, number>>, none: number): number | undefined {
  const [, number = '', unit = ''] = /^([\d.]+)([a-z]*)$/i.exec(text) ?? [];
  const name = unit.toLowerCase();
  const factor = unit === '' ? none : Object.hasOwn(units, name) ? units[name] : undefined;
  const value = plain(number);
  return factor === undefined || value === undefined ? undefined : value * factor;
}

/** `a..b`, `a..`, `..b` or one value. */
export function readSpan(text: string, read: Read): Range | undefined {
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) {
    const value = read(text);
    return value === undefined ? undefined : { least: value, most: value };
  }
  const least = from === '' ? Number.NEGATIVE_INFINITY : read(from);
  const most = to === '' ? Number.POSITIVE_INFINITY : read(to);
  return least === undefined || most === undefined || text === '..' ? undefined : { least, most };
}

export const inRange = (value: number, { least, most }: Range): boolean => value >= least && value <= most;
