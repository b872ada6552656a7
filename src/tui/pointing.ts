/** What the mouse does: clicks select, the wheel scrolls what is under it, the line between the panes can be dragged. */

import { clamp, helpHeight, helpStart, listStart, type Rectangle } from './layout.ts';
import { matches } from './palette.ts';
import { helpRows } from './rows/help.ts';
import { tabAt } from './rows/tab-bar.ts';
import type { Command, Setting, Ui } from './state.ts';
import { look, type View } from './view.ts';

type Pointing = Extract<Command, { type: 'click' | 'drag' | 'wheel' | 'release' }>;
type At = { readonly column: number; readonly row: number };

/** Rows that one notch of the wheel moves. */
const NOTCH = 3;
/** Columns that a key moves the line between the panes. */
const STEP = 4;

export function pointed(ui: Ui, command: Pointing, setting: Setting): Partial<Ui> {
  if (command.type === 'release') return { dragging: false };
  if (ui.prompt !== undefined) return {};
  if (ui.screen === 'palette') return inPalette(ui, command, setting);
  if (ui.screen === 'help')
    return command.type === 'wheel' ? { helpTop: helpTopAt(ui, setting, command.by * NOTCH) } : {};
  const view = look(ui, setting);
  if (command.type === 'drag') return ui.dragging ? { divider: partAt(command, ui, view) } : {};
  return command.type === 'wheel' ? wheeled(ui, command, view) : clicked(ui, command, view);
}

const within = ({ column, row }: At, { left, top, columns, rows }: Rectangle): boolean =>
  column >= left && column < left + columns && row >= top && row < top + rows;

function clicked(ui: Ui, at: At, view: View): Partial<Ui> {
  if (isDivider(at, view)) return { dragging: true, ...clickedTab(ui, at, view) };
  const { ladder, detail } = view.layout;
  if (within(at, ladder)) {
    const index = view.ladder.start + at.row - ladder.top - 1;
    const seq = at.row > ladder.top && index < view.total ? view.listing.rows[index]?.seqs[0] : undefined;
    return { focus: 'ladder', ...(seq !== undefined && { selected: seq, follow: false, comparing: false }) };
  }
  if (!within(at, detail)) return {};
  if (at.row === detail.top) return clickedTab(ui, at, view);
  return clickedDetail(ui, view.detail.start + at.row - detail.top - 1, view);
}

function clickedTab(ui: Ui, { column }: At, { layout, tab }: View): Partial<Ui> {
  const { left, columns } = layout.detail;
  const found = column < left ? undefined : tabAt(column - left, tab, ui.focus === 'detail', columns);
  return found === undefined ? {} : { focus: 'detail', tab: found.id, column: 0 };
}

/** A click on the row under the cursor folds or unfolds it. */
function clickedDetail(ui: Ui, index: number, { rows, detail }: View): Partial<Ui> {
  if (index >= rows.length || index >= detail.start + detail.height) return { focus: 'detail' };
  const again = ui.focus === 'detail' && detail.row === index;
  const fold = again ? rows[index]?.fold : undefined;
  const folds = new Set(ui.folds);
  if (fold !== undefined && !folds.delete(fold)) folds.add(fold);
  return { focus: 'detail', folds, detail: { of: detail.of, row: index, top: detail.start } };
}

/** The line between panes side by side; the tabs, where one is below the other. */
function isDivider({ column, row }: At, { layout: { arrangement, ladder, detail } }: View): boolean {
  if (arrangement === 'beside') return column === ladder.left + ladder.columns && row >= ladder.top;
  return arrangement === 'below' && row === detail.top;
}

/** The part of the body before the place. */
function partAt({ column, row }: At, { size }: Ui, { layout: { arrangement, ladder, detail } }: View): number {
  const part =
    arrangement === 'beside' ? column / (size.columns - 1) : (row - ladder.top) / (ladder.rows + detail.rows);
  return clamp(part, 0, 1);
}

/** The line between the panes moved by a key: four columns, or a row. Where a pane is as small as it may be it stays. */
export function divided(ui: Ui, by: 1 | -1, setting: Setting): Partial<Ui> {
  const view = look(ui, setting);
  const { ladder, arrangement } = view.layout;
  if (arrangement === 'detail-only') return {};
  return { divider: partAt({ column: ladder.columns + by * STEP, row: ladder.top + ladder.rows + by }, ui, view) };
}

function wheeled(ui: Ui, command: Extract<Pointing, { type: 'wheel' }>, view: View): Partial<Ui> {
  const { detail, ladder } = view.layout;
  const by = command.by * NOTCH;
  if (within(command, detail)) {
    const row = clamp(view.detail.row + by, 0, Math.max(0, view.rows.length - 1));
    return { detail: { of: view.detail.of, row, top: view.detail.start } };
  }
  if (!within(command, ladder)) return {};
  const next = clamp(view.index + by, 0, Math.max(0, view.total - 1));
  return { selected: view.listing.rows[next]?.seqs[0] ?? ui.selected, follow: false, comparing: false };
}

/** The first line of the help after scrolling by so many. */
export function helpTopAt(ui: Ui, setting: Setting, by: number): number {
  const { length } = helpRows(ui, setting);
  return helpStart(length, ui.size, helpStart(length, ui.size, ui.helpTop) + by);
}

function inPalette(ui: Ui, command: Exclude<Pointing, { type: 'release' }>, setting: Setting): Partial<Ui> {
  const { length } = matches(ui, setting);
  const { index } = ui.palette;
  if (command.type === 'wheel') return choose(ui, index + command.by, length);
  if (command.type === 'drag') return {};
  const start = listStart(Math.max(1, length), helpHeight(ui.size), index, 0);
  return choose(ui, start + command.row - 1, length);
}

/** Of so many commands in the palette the one at this place, or the nearest there is. */
export function choose({ palette }: Ui, index: number, length: number): Partial<Ui> {
  return { palette: { ...palette, index: clamp(index, 0, Math.max(0, length - 1)) } };
}
