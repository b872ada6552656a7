/** The drawing of the ladder: columns are parties, an arrow is a message, a dot is something inside one party. */
import { displayWidth, fit } from '../../core/text.ts';
import type { Glyphs, Tone } from '../theme.ts';
import { type Cell, cell } from './row.ts';

/** Where the lanes stand within the drawing, and how wide that is. */
export interface Lanes {
  readonly parties: readonly string[];
  readonly at: readonly number[];
  readonly width: number;
  /** Columns to the right of the drawing for the text; 0 when it stands inside the arrows (up to two parties). */
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

const WIDEST_GAP = 14;
const NARROWEST_GAP = 3;

/** Places for the parties in `width` columns. Two stand at the edges; more stand close, with the text at their right. */
export function lanesOf(parties: readonly string[], width: number): Lanes {
  const count = parties.length;
  if (count <= 2) return { parties, at: count === 2 ? [0, width - 1] : [0], width, textWidth: 0 };
  const gap = Math.max(NARROWEST_GAP, Math.min(WIDEST_GAP, Math.floor(width / 2 / (count - 1))));
  const drawn = Math.min(width, (count - 1) * gap + 1);
  return { parties, at: parties.map((_party, index) => index * gap), width: drawn, textWidth: width - drawn };
}

/** The parties' names above their lanes. */
export function laneNames({ parties, at, width, textWidth }: Lanes, glyphs: Glyphs): Cell[] {
  const names = parties.map((party) => cell(party, 'strong', glyphs).text);
  if (textWidth === 0) {
    const [first = '', second = ''] = names;
    const half = Math.floor((width - 1) / 2);
    const left = fit(first, second === '' ? width : half, glyphs.ellipsis);
    const right = fit(second, half, glyphs.ellipsis);
    const gap = ' '.repeat(Math.max(0, width - displayWidth(left) - displayWidth(right)));
    return [{ text: left + gap + right, tone: 'strong' }];
  }
  const text = names.map((name, index) => {
    const room = (at[index + 1] ?? width + textWidth) - (at[index] ?? 0);
    const shown = fit(name, Math.max(1, Math.min(room - 1, WIDEST_GAP)), glyphs.ellipsis);
    return shown + ' '.repeat(Math.max(0, room - displayWidth(shown)));
  });
  return [{ text: text.join(''), tone: 'strong' }];
}

/** The line of one stroke. */
export function drawStroke(stroke: Stroke, lanes: Lanes, glyphs: Glyphs): Cell[] {
  if (lanes.textWidth > 0) return [...besideText(stroke, lanes, glyphs), ...textCells(stroke, lanes.textWidth, glyphs)];
  const { arrow } = stroke;
  if (arrow === 'right' || arrow === 'left') return arrowAroundText(stroke, arrow === 'right', lanes.width, glyphs);
  return dotAndText(stroke, lanes, glyphs);
}

function textCells({ text, textTone }: Stroke, width: number, glyphs: Glyphs): Cell[] {
  return [
    { text: ' ', tone: 'plain' },
    { text: fit(text, width - 1, glyphs.ellipsis), tone: textTone },
  ];
}

/** `│─ offer #1 ─────►│`: the text stands at its sender's side. */
function arrowAroundText({ text, tone, textTone }: Stroke, rightward: boolean, width: number, glyphs: Glyphs): Cell[] {
  const shown = fit(text, Math.max(0, width - 7), glyphs.ellipsis);
  const rest = glyphs.line.repeat(Math.max(0, width - 6 - displayWidth(shown)));
  const lane: Cell = { text: glyphs.lane, tone: 'muted' };
  const label: Cell = { text: ` ${shown} `, tone: textTone };
  const cells: Cell[] = rightward
    ? [{ text: glyphs.line, tone }, label, { text: rest + glyphs.right, tone }]
    : [{ text: glyphs.left + rest, tone }, label, { text: glyphs.line, tone }];
  return [lane, ...cells, lane];
}

/** `● setLocalDescription   │` */
function dotAndText({ lanes, arrow, text, tone, textTone }: Stroke, { at, width }: Lanes, glyphs: Glyphs): Cell[] {
  const shown = fit(text, Math.max(0, width - 4), glyphs.ellipsis);
  const dot: Cell = arrow === 'self' ? { text: glyphs.dot, tone } : { text: glyphs.lane, tone: 'muted' };
  const far: Cell = { text: at.length === 2 ? glyphs.lane : ' ', tone: 'muted' };
  const gap = ' '.repeat(Math.max(0, width - 3 - displayWidth(shown)));
  if (lanes[0] === 1) return [far, { text: `${gap}${shown} `, tone: textTone }, dot];
  return [dot, { text: ` ${shown}${gap}`, tone: textTone }, far];
}

/** Lanes with an arrow between two of them, or a dot on one. */
function besideText({ lanes: [from, to], arrow, tone }: Stroke, lanes: Lanes, glyphs: Glyphs): Cell[] {
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
  const [first, last] = arrow === 'self' ? [start, end + 1] : [start + 1, end];
  return [
    { text: columns.slice(0, first).join(''), tone: 'muted' },
    { text: columns.slice(first, last).join(''), tone },
    { text: columns.slice(last).join(''), tone: 'muted' },
  ];
}
