/** Where things stand: rectangles and list windows. Pure arithmetic on columns and rows. */

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

export interface Layout {
  /** False when the terminal is too small to show anything but a request for more room. */
  readonly enough: boolean;
  readonly arrangement: 'beside' | 'below' | 'detail-only';
  /** Including the line with the names of the parties. Without size when hidden. */
  readonly ladder: Rectangle;
  /** Including the line with the tabs. */
  readonly detail: Rectangle;
}

export const SMALLEST: Size = { columns: 60, rows: 15 };
const BESIDE_FROM = 100;
/** The ladder's part of the columns, and of the rows. */
const PART = { columns: 0.6, rows: 0.57 };
/** So that labels have room at 100 columns too; the details keep `LEAST_DETAIL`. */
const WANTED_LADDER = 66;
const LEAST_DETAIL = 33;
const LEAST_ROWS = 4;
/** The title above; the status and the keys below. */
const BARS = 3;

/**
 * The panes of the main screen: side by side from 100 columns on, else one below the other. `zoomed` gives the detail all;
 * `divider` is the ladder's part of the body, if it was moved.
 */
export function layout(size: Size, zoomed: boolean, divider?: number): Layout {
  const enough = size.columns >= SMALLEST.columns && size.rows >= SMALLEST.rows;
  const body: Rectangle = { left: 0, top: 1, columns: size.columns, rows: Math.max(0, size.rows - BARS) };
  if (zoomed) return { enough, arrangement: 'detail-only', ladder: { ...body, columns: 0, rows: 0 }, detail: body };
  if (size.columns < BESIDE_FROM) {
    const rows = parted(body.rows, divider ?? PART.rows, LEAST_ROWS);
    const detail = { ...body, top: body.top + rows, rows: body.rows - rows };
    return { enough, arrangement: 'below', ladder: { ...body, rows }, detail };
  }
  const wanted = Math.min(WANTED_LADDER, body.columns - 1 - LEAST_DETAIL);
  const usual = Math.max(wanted, Math.floor(body.columns * PART.columns));
  const columns = divider === undefined ? usual : parted(body.columns - 1, divider, LEAST_DETAIL);
  // One column between the panes is the line that parts them.
  const detail = { ...body, left: columns + 1, columns: body.columns - columns - 1 };
  return { enough, arrangement: 'beside', ladder: { ...body, columns }, detail };
}

/** The first part of a length; either part keeps `least`. */
function parted(length: number, part: number, least: number): number {
  return clamp(Math.ceil(length * part), Math.min(least, length), Math.max(0, length - least));
}

/**
 * The first shown index of a list of `total` rows in `height` lines: the one before (`previous`), moved no further than
 * it takes to show `selected` and to leave no line empty that could be filled.
 */
export function listStart(total: number, height: number, selected: number, previous: number): number {
  const last = Math.max(0, total - height);
  const start = Math.min(Math.max(0, previous), last);
  if (selected < start) return Math.max(0, selected);
  if (height > 0 && selected >= start + height) return Math.min(last, selected - height + 1);
  return start;
}

/**
 * The index of the entry of an ascending list that is `wanted`, or else the nearest before it, or else the first; -1 if
 * empty. `rankOf` says what a list of anything but numbers is ordered by.
 */
export function nearestIndex(ascending: readonly number[], wanted: number): number;
export function nearestIndex<T>(ascending: readonly T[], wanted: number, rankOf: (entry: T) => number): number;
export function nearestIndex<T>(ascending: readonly T[], wanted: number, rankOf = Number as (entry: T) => number) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rankOf(ascending[middle] as T) <= wanted) low = middle + 1;
    else high = middle;
  }
  return ascending.length === 0 ? -1 : Math.max(0, low - 1);
}

/** Lines the help has: the title stands above, the keys below. */
export function helpHeight(size: Size): number {
  return Math.max(0, size.rows - 2);
}

/** The first shown line of a help of `total` lines: it may have become shorter, or the screen higher. */
export function helpStart(total: number, size: Size, wanted: number): number {
  return clamp(wanted, 0, Math.max(0, total - helpHeight(size)));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
