/** The lines around the panes: title, tabs, status, and at the foot the prompt, a toast or the hints. */
import { completionOf, filterFault } from '../filtering.ts';
import type { Glyphs } from '../glyphs.ts';
import { keymapOf, scopeOf, shownKey } from '../keymap.ts';
import { chosen } from '../palette.ts';
import { type Cell, cell, cellsWidth } from '../rows/row.ts';
import type { Setting, Ui } from '../state.ts';

/** The last line of the screen. */
export function footCells(ui: Ui, setting: Setting): readonly Cell[] {
  const { glyphs } = setting;
  const toast =
    ui.toast === undefined ? [] : [cell(` ${ui.toast.text}`, ui.toast.tone === 'good' ? 'strong' : 'bad', glyphs)];
  if (ui.prompt?.for === 'filter') return filterCells(ui, setting);
  if (ui.prompt !== undefined) return withHints(promptCells(ui.prompt.for, ui[ui.prompt.for], glyphs), ui, setting);
  if (ui.screen === 'palette') {
    const asked = promptCells('command', ui.palette.text, glyphs);
    const refused = chosen(ui, setting)?.disabled?.(ui, setting);
    if (toast.length > 0) return [...asked, ...toast];
    return refused === undefined ? withHints(asked, ui, setting) : [...asked, cell(` ${refused}`, 'muted', glyphs)];
  }
  return toast.length > 0 ? toast : withHints([], ui, setting);
}

/** The filter with the place that is wrong marked, and what is wrong; else what can be written next; else the keys. */
function filterCells(ui: Ui, setting: Setting): readonly Cell[] {
  const { glyphs } = setting;
  const fault = filterFault(ui.filter, setting);
  const { options } = completionOf(ui.filter, setting);
  // While a word is not finished, what it can become helps more than that it is none.
  const isOpen = fault !== undefined && options.length > 0 && fault.column + fault.length > ui.filter.length;
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
  const typed = promptCells('filter', ui.filter, glyphs);
  if (ui.filter === '' || options.length === 0) return withHints(typed, ui, setting);
  const words = options.slice(0, MOST_OPTIONS).map(({ text }) => [cell(` ${text}`, 'muted', glyphs)]);
  // The keys are known by then; the words are not.
  const room = ui.size.columns - cellsWidth(typed) - MORE_WIDTH;
  const offered = whole(words, room, glyphs, options.length > MOST_OPTIONS);
  return withHints([...typed, ...offered, cell('  ', 'plain', glyphs)], ui, setting);
}

/** How many of the words that fit are offered. */
const MOST_OPTIONS = 8;

function promptCells(what: string, text: string, glyphs: Glyphs): readonly Cell[] {
  const caret: Cell = { text: `${glyphs.caret} `, tone: 'accent' };
  return [cell(` ${what}: `, 'accent', glyphs), cell(text, 'plain', glyphs), caret];
}

/** These come first, since a narrow screen cuts the end. */
const FIRST: readonly string[] = ['help', 'quit', 'palette', 'next-finding', 'every'];

/** What stands at the left, and behind it as many hints as fit whole. */
function withHints(left: readonly Cell[], ui: Ui, setting: Setting): readonly Cell[] {
  return [...left, ...whole(hints(ui, setting), ui.size.columns - cellsWidth(left), setting.glyphs)];
}

/** Of the parts the first that fit in so many columns, none of them cut; then the ellipsis where some are left out. */
function whole(parts: readonly (readonly Cell[])[], room: number, glyphs: Glyphs, goesOn = false): readonly Cell[] {
  if (room < MORE_WIDTH) return [];
  const kept: Cell[] = [];
  let used = 0;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1 && !goesOn;
    used += cellsWidth(part);
    if (used + (isLast ? 0 : MORE_WIDTH) > room) return [...kept, { text: ` ${glyphs.ellipsis}`, tone: 'muted' }];
    kept.push(...part);
  }
  return goesOn ? [...kept, { text: ` ${glyphs.ellipsis}`, tone: 'muted' }] : kept;
}

/** Of a blank and the ellipsis. */
const MORE_WIDTH = 2;

/** What can be done here and now, in the keymap's order: for each the key and a word. */
function hints(ui: Ui, setting: Setting): readonly (readonly Cell[])[] {
  const scope = scopeOf(ui);
  const usable = keymapOf(setting).bindings.filter(
    ({ hint, keys, on, disabled }) =>
      hint !== undefined && keys.length > 0 && on.includes(scope) && disabled?.(ui, setting) === undefined,
  );
  const ordered = [
    ...FIRST.flatMap((id) => usable.filter((binding) => binding.id === id)),
    ...usable.filter(({ id }) => !FIRST.includes(id)),
  ];
  return ordered.map(({ keys: [key = ''], hint = '' }): readonly Cell[] => [
    { text: ` ${shownKey(key)}`, tone: 'accent' },
    { text: ` ${hint} `, tone: 'muted' },
  ]);
}
