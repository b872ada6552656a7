/** One line of the screen as the terminal takes it: cells cut to a width, in their colours. The selected one is inverse. */
import chalk, { type ChalkInstance } from 'chalk';
import type { Glyphs } from '../glyphs.ts';
import { type Cell, cellsWidth, crop } from '../rows/row.ts';
import type { Colour, Style } from '../theme.ts';

export interface LineOptions {
  /** Columns cut off at the left, behind the first cell, which shows the cursor. */
  readonly from?: number;
  readonly selected?: boolean;
}

/** Exactly `width` columns, spaces where the cells are shorter. */
export function line(
  cells: readonly Cell[],
  width: number,
  glyphs: Glyphs,
  { from = 0, selected = false }: LineOptions = {},
): string {
  const shown =
    from === 0
      ? crop(cells, 0, width, glyphs)
      : [...cells.slice(0, 1), ...crop(cells.slice(1), from, width - cellsWidth(cells.slice(0, 1)), glyphs)];
  return shown.map(({ text, tone }) => styled(text, glyphs.styles[tone], selected)).join('');
}

/** A text in its colours; as it is where it has none. */
export function styled(text: string, { color, bold, underline, inverse, dimColor }: Style, selected = false): string {
  let pen: ChalkInstance = selected ? chalk.inverse : chalk;
  if (color !== undefined) pen = isHex(color) ? pen.hex(color) : pen[color];
  if (bold) pen = pen.bold;
  if (underline) pen = pen.underline;
  // In the selected line, which is inverse already, it stands out underlined.
  if (inverse) pen = selected ? pen.underline : pen.inverse;
  if (dimColor) pen = pen.dim;
  return pen === chalk ? text : pen(text);
}

function isHex(colour: Colour): colour is `#${string}` {
  return colour.startsWith('#');
}
