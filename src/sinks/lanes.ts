/** The ladder as lines of text: a lane for each party, an arrow for a message, a dot for what happens inside one. */
import { displayWidth, fit, printable } from '../core/text.ts';

export interface Glyphs {
  readonly lane: string;
  readonly line: string;
  readonly cross: string;
  readonly start: string;
  readonly end: string;
  readonly right: string;
  readonly left: string;
  readonly dot: string;
  readonly ellipsis: string;
}

export const UNICODE: Glyphs = {
  lane: '│',
  line: '─',
  cross: '┼',
  start: '├',
  end: '┤',
  right: '►',
  left: '◄',
  dot: '●',
  ellipsis: '…',
};

export const ASCII: Glyphs = {
  lane: '|',
  line: '-',
  cross: '+',
  start: '+',
  end: '+',
  right: '>',
  left: '<',
  dot: 'o',
  ellipsis: '...',
};

const WIDEST = 16;
const NARROWEST = 8;

/** Places for the parties' lanes: how far one is from the next. */
export interface Lanes {
  readonly parties: readonly string[];
  readonly gap: number;
}

/** `names` as they will be printed. */
export function lanesOf(parties: readonly string[], names: readonly string[]): Lanes {
  const longest = Math.max(0, ...names.map(displayWidth));
  return { parties, gap: Math.min(WIDEST, Math.max(NARROWEST, longest + 2)) };
}

/** More lanes than that are no drawing any more: rows say in words who speaks to whom. */
const MOST = 24;
const WORDS_WIDTH = 32;

export const isCrowd = ({ parties }: Lanes): boolean => parties.length > MOST;

export function lanesWidth(lanes: Lanes): number {
  const { parties, gap } = lanes;
  if (isCrowd(lanes)) return WORDS_WIDTH;
  return Math.max(0, (parties.length - 1) * gap + 1);
}

/** The names above the lanes, each cut to its place. */
export function headLine(lanes: Lanes, names: readonly string[], glyphs: Glyphs): string {
  if (isCrowd(lanes)) return 'who speaks, and to whom';
  const { gap } = lanes;
  const cells = names.map((name, index) => {
    if (index === names.length - 1) return name;
    const shown = fit(name, gap - 1, glyphs.ellipsis);
    return shown + ' '.repeat(gap - displayWidth(shown));
  });
  return cells.join('');
}

/** One row of lanes with an arrow from one party to another, or a dot where both are the same. */
export function arrowLine(lanes: Lanes, from: string, to: string, glyphs: Glyphs): string {
  const { parties, gap } = lanes;
  if (isCrowd(lanes)) return inWords(from, to, glyphs);
  const [a, b] = [parties.indexOf(from), parties.indexOf(to)];
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  const rightward = a < b;
  const cells = parties.map((_party, index) => {
    const lane = laneGlyph(index, a, b, glyphs);
    if (index === parties.length - 1) return lane;
    if (index < first || index >= last) return lane + ' '.repeat(gap - 1);
    const head = rightward ? index === last - 1 : index === first;
    if (!head) return lane + glyphs.line.repeat(gap - 1);
    const line = glyphs.line.repeat(gap - 2);
    return lane + (rightward ? line + glyphs.right : glyphs.left + line);
  });
  return cells.join('');
}

function laneGlyph(index: number, from: number, to: number, glyphs: Glyphs): string {
  if (from === to) return index === from ? glyphs.dot : glyphs.lane;
  if (index === from) return from < to ? glyphs.start : glyphs.end;
  const between = index > Math.min(from, to) && index < Math.max(from, to);
  return between ? glyphs.cross : glyphs.lane;
}

/** A row of lanes where nothing happens. */
export function restLine(lanes: Lanes, glyphs: Glyphs): string {
  const { parties, gap } = lanes;
  if (isCrowd(lanes)) return ' '.repeat(WORDS_WIDTH);
  return parties.map((_party, index) => glyphs.lane + (index < parties.length - 1 ? ' '.repeat(gap - 1) : '')).join('');
}

/** `pc7 ─► remote`, or `pc7` alone, in the width of all such words. */
function inWords(from: string, to: string, glyphs: Glyphs): string {
  const way = from === to ? from : `${from} ${glyphs.line}${glyphs.right} ${to}`;
  const shown = fit(printable(way), WORDS_WIDTH, glyphs.ellipsis);
  return shown + ' '.repeat(Math.max(0, WORDS_WIDTH - displayWidth(shown)));
}
