/** The help: every key, what it does, and why it cannot do it now. */
import { type KeyRow, keymapOf, keyTable } from '../keymap.ts';
import type { Setting, Ui } from '../state.ts';
import { cell, type Row, row } from './row.ts';

const GROUPS: Readonly<Record<KeyRow['group'], string>> = {
  Act: 'Act as a peer',
  'Step in': 'Step in between (proxy)',
  Look: 'Look',
  Take: 'Take away',
  Move: 'Move',
  Leave: 'Help and leave',
  Filter: 'While typing a filter or a command',
  Palette: 'Among the commands',
};

export function helpRows(ui: Ui, setting: Setting): readonly Row[] {
  const table = keyTable(keymapOf(setting));
  const width = Math.max(...table.map(({ keys }) => keys.length));
  return (Object.keys(GROUPS) as KeyRow['group'][]).flatMap((group) => [
    row(group, cell(GROUPS[group], 'accent', setting.glyphs)),
    ...table.filter((entry) => entry.group === group).map((entry) => keyRow(entry, width, ui, setting)),
    row(`${group} end`),
  ]);
}

function keyRow({ keys, help, binding }: KeyRow, width: number, ui: Ui, setting: Setting): Row {
  const reason = binding.disabled?.(ui, setting);
  return row(
    binding.id,
    { text: `  ${keys.padEnd(width)}  `, tone: reason === undefined ? 'strong' : 'muted' },
    cell(help, reason === undefined ? 'plain' : 'muted', setting.glyphs),
    ...(reason === undefined ? [] : [cell(`  (${reason})`, 'muted', setting.glyphs)]),
  );
}
