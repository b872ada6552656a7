/** The panes of the main screen, each as lines of its width, as many as it is high. */
import { ladderHead, ladderRows } from '../rows/ladder.ts';
import { type Cell, cell, type Row } from '../rows/row.ts';
import { tabBar } from '../rows/tab-bar.ts';
import type { Setting, Ui } from '../state.ts';
import type { Glyphs } from '../theme.ts';
import type { View } from '../view.ts';
import { line, styled } from './line.ts';

export interface Scenery {
  readonly ui: Ui;
  readonly setting: Setting;
  readonly view: View;
}

/** The shown rows of a list. `cursor` is the key of the row under the cursor, `from` the columns cut off at the left. */
export function list(
  rows: readonly Row[],
  width: number,
  height: number,
  glyphs: Glyphs,
  { cursor, from = 0 }: { readonly cursor?: string | undefined; readonly from?: number } = {},
): readonly string[] {
  return Array.from({ length: height }, (_, index) => {
    const row = rows[index];
    return row === undefined
      ? ' '.repeat(width)
      : line(row.cells, width, glyphs, { from, selected: row.key === cursor });
  });
}

/** Ladder and details side by side, one below the other, or the details alone. */
export function panes(scenery: Scenery): readonly string[] {
  const { arrangement } = scenery.view.layout;
  if (arrangement === 'detail-only') return detail(scenery);
  if (arrangement === 'below') return [...ladder(scenery), ...detail(scenery)];
  const right = detail(scenery);
  const { glyphs } = scenery.setting;
  const parting = styled(glyphs.lane, glyphs.styles.muted);
  return ladder(scenery).map((left, index) => left + parting + right[index]);
}

function ladder({ ui, setting, view }: Scenery): readonly string[] {
  const { columns } = view.layout.ladder;
  const { glyphs } = setting;
  const cursor = ui.focus === 'ladder' ? String(view.event?.seq) : undefined;
  return [
    line(ladderHead(setting, columns), columns, glyphs),
    ...list(ladderRows(ui, setting, view), columns, view.ladder.height, glyphs, { cursor }),
  ];
}

function detail({ ui, setting, view }: Scenery): readonly string[] {
  const { columns } = view.layout.detail;
  const { glyphs } = setting;
  const { row, start, height, notes } = view.detail;
  const focused = ui.focus === 'detail';
  const current = view.rows[row];
  const pointer: Cell = { text: glyphs.cursor, tone: 'accent' };
  const shown = view.rows
    .slice(start, start + height)
    .map((one) => indented(one, focused && one === current ? pointer : AIR));
  return [
    line(tabBar(view.tab, focused, columns), columns, glyphs),
    ...list(shown, columns, height, glyphs, { cursor: focused ? current?.key : undefined, from: ui.column }),
    ...notes.map((note) => line([AIR, cell(note, 'accent', glyphs)], columns, glyphs)),
  ];
}

/** The column at the left: where colours are off, only the pointer in it tells the current row. */
const AIR: Cell = { text: ' ', tone: 'plain' };

function indented(row: Row, first: Cell): Row {
  return { ...row, cells: [first, ...row.cells] };
}
