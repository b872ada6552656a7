/** The whole screen for one size, as lines: bars above and below, the panes or a list between them. Pure. */
import { helpHeight, helpStart, listStart, SMALLEST } from '../layout.ts';
import { endTurn } from '../patience.ts';
import { helpRows } from '../rows/help.ts';
import { paletteRows } from '../rows/palette.ts';
import { cell, folded } from '../rows/row.ts';
import { statusCells, titleCells } from '../rows/status.ts';
import type { Setting } from '../state.ts';
import type { Snapshot } from '../store.ts';
import { look } from '../view.ts';
import { footCells } from './bars.ts';
import { line } from './line.ts';
import { list, panes, type Scenery } from './panes.ts';

/** As many lines as the screen has rows, each of exactly its width. */
export function frameOf(snapshot: Snapshot, setting: Setting): readonly string[] {
  const frame = drawn(snapshot, setting);
  endTurn(setting.model);
  return frame;
}

function drawn({ ui, now }: Snapshot, setting: Setting): readonly string[] {
  const { columns, rows } = ui.size;
  const { glyphs } = setting;
  const view = look(ui, setting, true);
  if (!view.layout.enough) return tooSmall(columns, rows, setting);
  const scenery = { ui, setting, view };
  const title = line(titleCells(ui, setting, view), columns, glyphs);
  const foot = line(footCells(ui, setting), columns, glyphs);
  if (ui.screen === 'help') return [title, ...help(scenery), foot];
  if (ui.screen === 'palette') return [title, ...palette(scenery), foot];
  const status = line(statusCells(setting, now, view.listing.hidden, columns), columns, glyphs);
  return [title, ...panes(scenery), status, foot];
}

function help({ ui, setting }: Scenery): readonly string[] {
  const height = helpHeight(ui.size);
  const rows = helpRows(ui, setting);
  const start = helpStart(rows.length, ui.size, ui.helpTop);
  return list(rows.slice(start, start + height), ui.size.columns, height, setting.glyphs);
}

function palette({ ui, setting }: Scenery): readonly string[] {
  const height = helpHeight(ui.size);
  const rows = paletteRows(ui, setting);
  const start = listStart(rows.length, height, ui.palette.index, 0);
  const cursor = rows[ui.palette.index]?.key;
  return list(rows.slice(start, start + height), ui.size.columns, height, setting.glyphs, { cursor });
}

function tooSmall(columns: number, rows: number, { glyphs }: Setting): readonly string[] {
  const text = `renego needs ${SMALLEST.columns}x${SMALLEST.rows}, this is ${columns}x${rows}`;
  const blank = ' '.repeat(columns);
  const words = folded(text, columns);
  return Array.from({ length: rows }, (_, row) => {
    const part = words[row];
    return part === undefined ? blank : line([cell(part, 'plain', glyphs)], columns, glyphs);
  });
}
