/** The drawing of the ladder: columns are parties, an arrow is a message, a dot is something inside one party. */
import { displayWidth, fit } from '../../core/text.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Tone } from '../theme.ts';
import { type Cell, cell } from './row.ts';

/** Where the lanes stand within the drawing, and how wide that is. */
export interface Lanes {
  readonly parties: readonly string[];
  readonly at: readonly number[];
  readonly width: number;
  /** Columns to the right of the drawing for the text. */
  readonly textWidth: number;
}

/** One line of the ladder before it is drawn. */
export interface Stroke {
  /** Indexes of the parties. */
  readonly lanes: readonly [number, number];
  readonly arrow: 'right' | 'left' | 'self' | 'none';
  readonly text: string;
  /** Of the arrow or the dot. */
  readonly tone: Tone;
  readonly textTone: Tone;
}

/** From one lane to the next, in columns. */
const GAP = { usual: 8, least: 5, crowded: 2 };
/** Columns a label wants, and those it gets however many parties there are. */
const TEXT = { wanted: 41, least: 16 };
const LONGEST_NAME = 20;

/** Places for the parties in `width` columns: close together, since what matters most is the text at their right. */
export function lanesOf(parties: readonly string[], width: number): Lanes {
  const gaps = Math.max(0, parties.length - 1);
  const gap = gaps === 0 ? 0 : gapFor(gaps, width - 1);
  const at = parties.map((_party, index) => index * gap);
  const drawn = Math.min(width, gaps * gap + 1);
  return { parties, at, width: drawn, textWidth: width - drawn };
}

function gapFor(gaps: number, room: number): number {
  const comfortable = Math.min(GAP.usual, Math.floor((room - TEXT.wanted) / gaps));
  if (comfortable >= GAP.least) return comfortable;
  const crowded = Math.floor((room - TEXT.least) / gaps);
  return Math.max(GAP.crowded, Math.min(GAP.least, crowded));
}

/** The parties' names above their lanes; the last one may stand over the text. */
export function laneNames({ parties, at, width, textWidth }: Lanes, glyphs: Glyphs): Cell[] {
  const text = parties.map((party, index) => {
    const room = (at[index + 1] ?? width + textWidth) - (at[index] ?? 0);
    const name = cell(party, 'strong', glyphs).text;
    const shown = fit(name, Math.max(1, Math.min(room - 1, LONGEST_NAME)), glyphs.ellipsis);
    return shown + ' '.repeat(Math.max(0, room - displayWidth(shown)));
  });
  return [{ text: fit(text.join(''), width + textWidth, glyphs.ellipsis), tone: 'strong' }];
}

/** The line of one stroke: lanes with an arrow between two of them, or a dot on one, and the text. */
export function drawStroke(stroke: Stroke, lanes: Lanes, glyphs: Glyphs): Cell[] {
  return [
    ...drawnLanes(stroke, lanes, glyphs),
    { text: ' ', tone: 'plain' },
    { text: fit(stroke.text, lanes.textWidth - 1, glyphs.ellipsis), tone: stroke.textTone },
  ];
}

function drawnLanes({ lanes: [from, to], arrow, tone }: Stroke, lanes: Lanes, glyphs: Glyphs): Cell[] {
  const start = lanes.at[Math.min(from, to)] ?? 0;
  const end = lanes.at[Math.max(from, to)] ?? 0;
  const head = arrow === 'right' ? end - 1 : start + 1;
  const columns = Array.from({ length: lanes.width }, (_none, column) => {
    const lane = lanes.at.includes(column) ? glyphs.lane : ' ';
    if (arrow === 'self') return column === end ? glyphs.dot : lane;
    if (arrow === 'none' || column <= start || column >= end) return lane;
    if (column === head) return arrow === 'right' ? glyphs.right : glyphs.left;
    return lane === ' ' ? glyphs.line : glyphs.cross;
  });
  const [first, last] = arrow === 'self' ? [start, end + 1] : arrow === 'none' ? [0, 0] : [start + 1, end];
  return [
    { text: columns.slice(0, first).join(''), tone: 'muted' },
    { text: columns.slice(first, last).join(''), tone },
    { text: columns.slice(last).join(''), tone: 'muted' },
  ];
}
