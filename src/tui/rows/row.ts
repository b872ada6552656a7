/** A row: one line of cells. Selectors make rows, frame/ paints them; nothing else is drawn in a pane. */
import { displayWidth, fit, graphemes, isNarrow, printable } from '../../core/text.ts';
import type { Glyphs } from '../glyphs.ts';
import { drawable } from '../glyphs.ts';
import type { Tone } from '../theme.ts';

export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

export interface Row {
  /** Stable within its list. */
  readonly key: string;
  readonly cells: readonly Cell[];
  /** Enter folds and unfolds what this names. */
  readonly fold?: string;
  /** The section it is about, for keys that act on a section. */
  readonly mid?: string;
  /** `]` and `[` stop here. */
  readonly stop?: true;
  /** Said at the foot of the pane while the cursor is here. */
  readonly note?: () => string | undefined;
}

/** One after the other. In between, where the next takes longer, a text that tells how far it is, or nothing new. */
export type Rows = Iterable<Row | string | undefined>;

/** All there are, however long that takes. */
export function allOf(rows: Rows): readonly Row[] {
  return [...rows].filter((one) => typeof one === 'object');
}

/** A cell of text that may come from the wire: control characters are made visible. */
export function cell(text: string, tone: Tone, glyphs: Glyphs): Cell {
  return { text: drawable(printable(text), glyphs), tone };
}

export function row(key: string, ...cells: readonly Cell[]): Row {
  return { key, cells };
}

/** A sentence over as many rows as it takes. */
export function sentenceRows(key: string, text: string, tone: Tone, width: number, glyphs: Glyphs): readonly Row[] {
  const lines = folded(cell(text, tone, glyphs).text, Math.max(20, width));
  return lines.map((line, index) => row(index === 0 ? key : `${key} ${index}`, { text: line, tone }));
}

/** What the row says. */
export function textOf({ cells }: Row): string {
  return cells.map(({ text }) => text).join('');
}

/** What all rows say. */
export function textOfAll(rows: Rows): string {
  return allOf(rows).map(textOf).join('\n');
}

export function cellsWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** The cells between two columns, `from` included; what is cut ends with the ellipsis, and spaces fill up the width. */
export function crop(cells: readonly Cell[], from: number, width: number, glyphs: Glyphs): Cell[] {
  const kept: Cell[] = [];
  let skip = from;
  let room = width;
  for (const [index, { text, tone }] of cells.entries()) {
    const rest = skip === 0 ? text : dropColumns(text, skip);
    skip = Math.max(0, skip - displayWidth(text));
    const wide = displayWidth(rest);
    if (wide === 0) continue;
    const last = wide > room || (wide === room && cellsWidth(cells.slice(index + 1)) > 0);
    const shown = last ? fit(`${rest} `, room, glyphs.ellipsis) : rest;
    if (shown !== '') kept.push({ text: shown, tone });
    room -= displayWidth(shown);
    if (last || room <= 0) break;
  }
  if (room > 0) kept.push({ text: ' '.repeat(room), tone: 'plain' });
  return kept;
}

/** The text without its first columns; a wide character that is cut in two leaves a space. */
export function dropColumns(text: string, columns: number): string {
  if (isNarrow(text)) return text.slice(columns);
  let at = 0;
  for (const { segment, index } of graphemes(text)) {
    if (at >= columns) return ' '.repeat(at - columns) + text.slice(index);
    at += displayWidth(segment);
  }
  return '';
}

/** The text in pieces of at most `width` columns, for what must be read whole. */
export function wrapped(text: string, width: number): string[] {
  if (width <= 0) return [];
  if (isNarrow(text)) return text === '' ? [''] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { segment } of graphemes(text)) {
    const wide = displayWidth(segment);
    if (used + wide > width && line !== '') {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += segment;
    used += wide;
  }
  return [...lines, line];
}

/** The text broken between words into lines of at most `width` columns; a longer word is broken inside. */
export function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => (displayWidth(one) > width ? wrapped(one, width) : [one]))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Parts in one row; where that is too narrow each part gets a row, cut into lines where it must be. */
export function partRows(key: string, parts: readonly Cell[], width: number): readonly Row[] {
  if (cellsWidth(parts) <= width) return [row(key, ...parts)];
  const lines = parts.flatMap(({ text, tone }) =>
    folded(text.replace(/^ (?:·|-) /, ''), Math.max(20, width)).map((line): Cell => ({ text: line, tone })),
  );
  return lines.map((line, index) => row(index === 0 ? key : `${key} ${index}`, line));
}
