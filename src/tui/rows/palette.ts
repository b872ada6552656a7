/** The rows of the command palette: key, what it does, and why it cannot do it now. */
import { shownKey } from '../keymap.ts';
import { matches } from '../palette.ts';
import type { Setting, Ui } from '../state.ts';
import { cell, type Row, row } from './row.ts';

export function paletteRows(ui: Ui, setting: Setting): readonly Row[] {
  const { glyphs } = setting;
  const found = matches(ui, setting);
  if (found.length === 0) return [row('none', cell('  no command fits', 'muted', glyphs))];
  return found.map((binding, index) => {
    const reason = binding.disabled?.(ui, setting);
    const key = shownKey(binding.keys[0] ?? '');
    return row(
      binding.id,
      { text: index === ui.palette.index ? `${glyphs.cursor} ` : '  ', tone: 'accent' },
      cell(key.padEnd(10), reason === undefined ? 'strong' : 'muted', glyphs),
      cell(binding.help, reason === undefined ? 'plain' : 'muted', glyphs),
      ...(reason === undefined ? [] : [cell(`  (${reason})`, 'muted', glyphs)]),
    );
  });
}
