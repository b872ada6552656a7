/** The command palette: the bindings of the panes that fit what is typed, best first. */
import { ACTING, type Binding } from './binding.ts';
import { keymapOf } from './keymap.ts';
import type { Setting, Ui } from './state.ts';

/**
 * Every binding of the main screen that fits; in a recording those last that act. What happens meanwhile never changes the
 * order: the chosen one stays where it is. Moving about is left to the keys.
 */
export function matches(ui: Ui, setting: Setting): readonly Binding[] {
  const { text } = ui.palette;
  const { bindings } = keymapOf(setting);
  const wanted = text.trim().toLowerCase();
  const usable = bindings.filter(
    ({ on, group, id }) => on.includes('ladder') && group !== 'Move' && id !== 'palette' && id !== 'palette-run',
  );
  return usable
    .map((binding) => ({ binding, rank: rankOf(binding, wanted), late: !setting.live && ACTING.has(binding.group) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || Number(a.late) - Number(b.late))
    .map(({ binding }) => binding);
}

export function chosen(ui: Ui, setting: Setting): Binding | undefined {
  return matches(ui, setting)[ui.palette.index];
}

/** Lower is better: the words as typed, then the letters in their order, close together. */
function rankOf({ help, id }: Binding, wanted: string): number {
  const text = `${help} ${id}`.toLowerCase();
  const at = text.indexOf(wanted);
  if (at >= 0) return at / 1000;
  let from = -1;
  let spread = 1;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const next = text.indexOf(letter, from + 1);
    if (next < 0) return Number.POSITIVE_INFINITY;
    if (from >= 0) spread += next - from - 1;
    from = next;
  }
  return spread;
}
