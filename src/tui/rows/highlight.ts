/** Marks what is searched for in cells that are drawn. */
import type { Cell } from './row.ts';

/** The cells with every place of the text (in lower case) as a cell of its own. Nothing changes without a text. */
export function highlighted(cells: readonly Cell[], text: string): readonly Cell[] {
  return text === '' ? cells : cells.flatMap((cell) => parts(cell, text));
}

function parts(cell: Cell, text: string): readonly Cell[] {
  const lower = cell.text.toLowerCase();
  // Some letters are longer in lower case; then places would not agree.
  if (lower.length !== cell.text.length || !lower.includes(text)) return [cell];
  const found: Cell[] = [];
  let from = 0;
  for (let at = lower.indexOf(text); at >= 0; at = lower.indexOf(text, from)) {
    if (at > from) found.push({ ...cell, text: cell.text.slice(from, at) });
    found.push({ text: cell.text.slice(at, at + text.length), tone: 'found' });
    from = at + text.length;
  }
  if (from < cell.text.length) found.push({ ...cell, text: cell.text.slice(from) });
  return found;
}
