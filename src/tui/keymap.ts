/** From a key to a command, and the table of all keys. */
import type { Binding, Group, Scope } from './binding.ts';
import { BINDINGS } from './bindings.ts';
import { chosen } from './palette.ts';
import { TABS } from './screens.ts';
import type { Command, Setting, Ui } from './state.ts';

export function scopeOf(ui: Ui): Scope {
  if (ui.prompt !== undefined) return 'filter';
  return ui.screen === 'main' ? ui.focus : ui.screen;
}

const BY_KEY: ReadonlyMap<string, Binding> = new Map(
  BINDINGS.flatMap((binding) => binding.on.flatMap((scope) => binding.keys.map((key) => [`${scope} ${key}`, binding]))),
);

/** What a key asks for: the binding's command, or why not as a toast; typing while there is a prompt; else nothing. */
export function commandFor(key: string, ui: Ui, setting: Setting): Command | undefined {
  const scope = scopeOf(ui);
  const binding = BY_KEY.get(`${scope} ${key}`);
  if (binding === undefined) return scope === 'filter' || scope === 'palette' ? typing(key) : undefined;
  if (binding.id === 'palette-run') return runChosen(ui, setting);
  return commandOf(binding, ui, setting);
}

function commandOf(binding: Binding, ui: Ui, setting: Setting): Command {
  const reason = binding.disabled?.(ui, setting);
  return reason === undefined ? binding.command : { type: 'say', text: reason, tone: 'warn' };
}

function runChosen(ui: Ui, setting: Setting): Command | undefined {
  const binding = chosen(ui.palette);
  if (binding === undefined) return undefined;
  const command = commandOf(binding, ui, setting);
  return command.type === 'say' ? command : { type: 'run', command };
}

function typing(key: string): Command | undefined {
  const text = key === 'space' ? ' ' : key;
  return [...text].length === 1 ? { type: 'type', text } : undefined;
}

const SHOWN: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Del',
};

/** The key's name as people write it: `Ctrl-C`, `PgUp`, `g`. */
export function shownKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+(.)$/, (_all, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

export interface KeyRow {
  readonly group: Group;
  readonly keys: string;
  readonly help: string;
  readonly binding: Binding;
}

/** One row a binding for the README and the help; the tabs take one row together. */
export function keyTable(): readonly KeyRow[] {
  return BINDINGS.filter(({ id }) => !/^tab-[2-9]$/.test(id)).map((binding) => {
    const { id, group, keys, help } = binding;
    if (id === 'tab-1') return { group, keys: `1 .. ${TABS.length}`, help: 'that tab', binding };
    return { group, keys: keys.map(shownKey).join(' '), help, binding };
  });
}
