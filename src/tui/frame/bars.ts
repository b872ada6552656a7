/** The lines around the panes: title, tabs, status, and at the foot the prompt, a toast or the hints. */
import { completionOf, filterFault } from '../filtering.ts';
import type { Glyphs } from '../glyphs.ts';
import { keymapOf, scopeOf, shownKey } from '../keymap.ts';
import { chosen } from '../palette.ts';
import { type Cell, cell } from '../rows/row.ts';
import type { Setting, Ui } from '../state.ts';

/** The last line of the screen. */
export function footCells(ui: Ui, setting: Setting): readonly Cell[] {
  const { glyphs } = setting;
  const toast =
    ui.toast === undefined ? [] : [cell(` ${ui.toast.text}`, ui.toast.tone === 'good' ? 'strong' : 'bad', glyphs)];
  if (ui.prompt?.for === 'filter') return filterCells(ui, setting);
  if (ui.prompt !== undefined) return [...promptCells(ui.prompt.for, ui[ui.prompt.for], glyphs), ...hints(ui, setting)];
  if (ui.screen === 'palette') {
    const refused = chosen(ui, setting)?.disabled?.(ui, setting);
    const why = refused === undefined ? hints(ui, setting) : [cell(` ${refused}`, 'muted', glyphs)];
    return [...promptCells('command', ui.palette.text, glyphs), ...(toast.length > 0 ? toast : why)];
  }
  return toast.length > 0 ? toast : hints(ui, setting);
}

/** The filter with the place that is wrong marked, and what is wrong; else what can be written next; else the keys. */
function filterCells(ui: Ui, setting: Setting): readonly Cell[] {
  const { glyphs } = setting;
  const fault = filterFault(ui.filter, setting);
  const { options } = completionOf(ui.filter, setting);
  const next = options.slice(0, MOST_OPTIONS).map(({ text }) => text);
  const more = options.length > MOST_OPTIONS ? [glyphs.ellipsis] : [];
  // While a word is not finished, what it can become helps more than that it is none.
  const isOpen = fault !== undefined && options.length > 0 && fault.column + fault.length > ui.filter.length;
  const offered = ui.filter === '' ? [] : [cell(`  ${[...next, ...more].join(' ')}  `, 'muted', glyphs)];
  if (fault !== undefined && !isOpen) {
    const from = Math.min(fault.column - 1, ui.filter.length);
    const to = Math.min(ui.filter.length, from + fault.length);
    return [
      cell(' filter: ', 'accent', glyphs),
      cell(ui.filter.slice(0, from), 'plain', glyphs),
      cell(ui.filter.slice(from, to), 'bad', glyphs),
      cell(ui.filter.slice(to), 'plain', glyphs),
      { text: `${glyphs.caret} `, tone: 'accent' },
      cell(` ${fault.message}`, 'bad', glyphs),
    ];
  }
  return [...promptCells('filter', ui.filter, glyphs), ...(next.length > 0 ? offered : []), ...hints(ui, setting)];
}

/** How many of the words that fit are offered. */
const MOST_OPTIONS = 8;

function promptCells(what: string, text: string, glyphs: Glyphs): readonly Cell[] {
  const caret: Cell = { text: `${glyphs.caret} `, tone: 'accent' };
  return [cell(` ${what}: `, 'accent', glyphs), cell(text, 'plain', glyphs), caret];
}

/** These come first, since a narrow screen cuts the end. */
const FIRST: readonly string[] = ['help', 'quit', 'palette', 'every'];

/** What can be done here and now, in the keymap's order. */
function hints(ui: Ui, setting: Setting): readonly Cell[] {
  const scope = scopeOf(ui);
  const usable = keymapOf(setting).bindings.filter(
    ({ hint, keys, on, disabled }) =>
      hint !== undefined && keys.length > 0 && on.includes(scope) && disabled?.(ui, setting) === undefined,
  );
  const ordered = [
    ...FIRST.flatMap((id) => usable.filter((binding) => binding.id === id)),
    ...usable.filter(({ id }) => !FIRST.includes(id)),
  ];
  return ordered.flatMap(({ keys: [key = ''], hint = '' }): Cell[] => [
    { text: ` ${shownKey(key)}`, tone: 'accent' },
    { text: ` ${hint} `, tone: 'muted' },
  ]);
}
