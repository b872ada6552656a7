/** From a key to a command, and the table of all keys. */
import type { Binding, Group, Scope } from './binding.ts';
import { BINDINGS } from './bindings.ts';
import type { Command, Setting, Ui } from './state.ts';

export function scopeOf(ui: Ui): Scope {
  if (ui.prompt !== undefined) return 'filter';
  return ui.screen === 'help' ? 'help' : ui.focus;
}

const BY_KEY: ReadonlyMap<string, Binding> = new Map(
  BINDINGS.flatMap((binding) => binding.on.flatMap((scope) => binding.keys.map((key) => [`${scope} ${key}`, binding]))),
);

/** What a key asks for: the binding's command, or why not as a toast; typing while there is a prompt; else nothing. */
export function commandFor(key: string, ui: Ui, setting: Setting): Command | undefined {
  const scope = scopeOf(ui);
  const binding = BY_KEY.get(`${scope} ${key}`);
  if (binding === undefined) return scope === 'filter' ? typing(key) : undefined;
  const reason = binding.disabled?.(ui, setting);
  return reason === undefined ? binding.command : { type: 'say', text: reason, tone: 'warn' };
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

/** One row a binding for the README and the help; the nine tabs take one row together. */
export function keyTable(): readonly KeyRow[] {
  return BINDINGS.filter(({ id }) => !/^tab-[2-9]$/.test(id)).map((binding) => ({
    group: binding.group,
    keys: binding.id === 'tab-1' ? '1 .. 9' : binding.keys.map(shownKey).join(' '),
    help: binding.help,
    binding,
  }));
}
