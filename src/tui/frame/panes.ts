/** The panes of the main screen, each as lines of its width, as many as it is high. */

import type { Glyphs } from '../glyphs.ts';
import { highlighted } from '../rows/highlight.ts';
import { ladderHead, ladderRows } from '../rows/ladder.ts';
import { type Cell, cell, type Row } from '../rows/row.ts';
import { tabBar } from '../rows/tab-bar.ts';
import type { Setting, Ui } from '../state.ts';
import type { View } from '../view.ts';
import { line, styled } from './line.ts';

export interface Scenery {
  readonly ui: Ui;
  readonly setting: Setting;
  readonly view: View;
}

interface ListOptions {
  /** The key of the row under the cursor. */
  readonly cursor?: string | undefined;
  /** Columns cut off at the left. */
  readonly from?: number;
  /** What is searched for, in lower case. */
  readonly find?: string;
}

/** The shown rows of a list. */
export function list(
  rows: readonly Row[],
  width: number,
  height: number,
  glyphs: Glyphs,
  { cursor, from = 0, find = '' }: ListOptions = {},
): readonly string[] {
  return Array.from({ length: height }, (_, index) => {
    const row = rows[index];
    return row === undefined
      ? ' '.repeat(width)
      : line(highlighted(row.cells, find), width, glyphs, { from, selected: row.key === cursor });
  });
}

/** Ladder and details side by side, one below the other, or the details alone. */
export function panes(scenery: Scenery): readonly string[] {
  const { arrangement } = scenery.view.layout;
  if (arrangement === 'detail-only') return detail(scenery);
  if (arrangement === 'below') return [...ladder(scenery), ...detail(scenery)];
  const right = detail(scenery);
  const { glyphs } = scenery.setting;
  // Where it stands, whatever width the terminal gives to what is left of it.
  const parting = `\u001b[${scenery.view.layout.detail.left}G${styled(glyphs.lane, glyphs.styles.muted)}`;
  return ladder(scenery).map((left, index) => left + parting + right[index]);
}

function ladder({ ui, setting, view }: Scenery): readonly string[] {
  const { columns } = view.layout.ladder;
  const { glyphs } = setting;
  const cursor = ui.focus === 'ladder' ? String(view.event?.seq) : undefined;
  return [
    line(ladderHead(ui, setting, view), columns, glyphs),
    ...list(ladderRows(ui, setting, view), columns, view.ladder.height, glyphs, {
      cursor,
      find: ui.find.toLowerCase(),
    }),
  ];
}

function detail({ ui, setting, view }: Scenery): readonly string[] {
  const { columns } = view.layout.detail;
  const { glyphs } = setting;
  const { row, start, height, notes, progress } = view.detail;
  const focused = ui.focus === 'detail';
  const current = view.rows[row];
  const pointer: Cell = { text: glyphs.cursor, tone: 'accent' };
  const rows = view.rows.slice(start, start + height);
  if (progress !== undefined)
    rows.push({ key: 'progress', cells: [cell(`${glyphs.ellipsis} ${progress}`, 'muted', glyphs)] });
  const shown = rows.map((one) => indented(one, focused && one === current ? pointer : AIR));
  return [
    line(tabBar(view.tab, focused, columns), columns, glyphs),
    ...list(shown, columns, height, glyphs, {
      cursor: focused ? current?.key : undefined,
      from: view.tab.scrollsItself === true ? 0 : ui.column,
      find: ui.find.toLowerCase(),
    }),
    ...notes.map((note) => line([AIR, cell(note, 'accent', glyphs)], columns, glyphs)),
  ];
}

/** The column at the left: where colours are off, only the pointer in it tells the current row. */
const AIR: Cell = { text: ' ', tone: 'plain' };

function indented(row: Row, first: Cell): Row {
  return { ...row, cells: [first, ...row.cells] };
}
