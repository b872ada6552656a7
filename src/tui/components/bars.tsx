/** The lines around the panes: title, tabs, status, and at the foot the prompt, a toast or the hints. */
import { BINDINGS } from '../bindings.ts';
import { scopeOf, shownKey } from '../keymap.ts';
import { type Cell, cell } from '../rows/row.ts';
import type { Tab } from '../rows/tab.ts';
import { TABS } from '../screens.ts';
import type { Setting, Ui } from '../state.ts';
import type { Glyphs } from '../theme.ts';
import { filterFault } from '../visible.ts';
import { Line } from './line.tsx';

/** `1 Changes  2 SDP  …` with the open one marked. */
export function Tabs({ open, focused, width, glyphs }: { open: Tab; focused: boolean; width: number; glyphs: Glyphs }) {
  const cells = TABS.flatMap((tab, index): Cell[] => {
    if (tab.id !== open.id) return [{ text: ` ${index + 1} ${tab.title} `, tone: 'muted' }];
    return [{ text: `[${index + 1} ${tab.title}]`, tone: focused ? 'accent' : 'strong' }];
  });
  return <Line cells={cells} width={width} glyphs={glyphs} />;
}

/** The last line of the screen. */
export function Foot({ ui, setting }: { ui: Ui; setting: Setting }) {
  return <Line cells={footCells(ui, setting)} width={ui.size.columns} glyphs={setting.glyphs} />;
}

function footCells(ui: Ui, setting: Setting): readonly Cell[] {
  const { glyphs } = setting;
  if (ui.prompt !== undefined) {
    const fault = filterFault(ui.filter);
    const typed = [
      cell(' filter: ', 'accent', glyphs),
      cell(ui.filter, 'plain', glyphs),
      { text: `${glyphs.caret} `, tone: 'accent' } as Cell,
    ];
    return [...typed, ...(fault === undefined ? hints(ui, setting) : [cell(` ${fault}`, 'bad', glyphs)])];
  }
  if (ui.toast !== undefined) return [cell(` ${ui.toast.text}`, ui.toast.tone === 'good' ? 'strong' : 'bad', glyphs)];
  return hints(ui, setting);
}

/** What can be done here and now, in the keymap's order; help and quit first, since a narrow screen cuts the end. */
function hints(ui: Ui, setting: Setting): readonly Cell[] {
  const scope = scopeOf(ui);
  const usable = BINDINGS.filter(
    ({ hint, on, disabled }) => hint !== undefined && on.includes(scope) && disabled?.(ui, setting) === undefined,
  );
  const ordered = [
    ...usable.filter(({ group }) => group === 'Leave'),
    ...usable.filter(({ group }) => group !== 'Leave'),
  ];
  return ordered.flatMap(({ keys: [key = ''], hint = '' }): Cell[] => [
    { text: ` ${shownKey(key)}`, tone: 'accent' },
    { text: ` ${hint} `, tone: 'muted' },
  ]);
}
