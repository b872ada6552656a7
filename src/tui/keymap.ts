/** From a key to a command, and the table of all keys: the bindings as they are, or with the keys that the user gave them. */
import { nearest } from '../core/nearest.ts';
import type { Binding, Group, Scope } from './binding.ts';
import { BINDINGS } from './bindings.ts';
import { keyNamed, shownKey } from './key-names.ts';
import { chosen } from './palette.ts';
import { TABS } from './screens.ts';
import type { Command, Setting, Ui } from './state.ts';

export { shownKey } from './key-names.ts';

export interface Keymap {
  /** In the order of the footer and of the help. */
  readonly bindings: readonly Binding[];
  /** By scope and key. */
  readonly byKey: ReadonlyMap<string, Binding>;
  /** What could not be done as it was asked for, in sentences. */
  readonly problems: readonly string[];
}

/** The keys that nobody can take away. */
const FIXED: ReadonlySet<string> = new Set(['quit ctrl+c', 'typed-quit ctrl+c']);

/**
 * Keys by the id of what they do, several separated by blanks, `none` for no key. Where a given key was another's, that
 * one loses it; two that are given the same key keep their own, and it is a problem.
 */
export function createKeymap(given: Readonly<Record<string, string>> = {}): Keymap {
  const problems: string[] = [];
  const wanted = new Map(Object.entries(given).flatMap(([id, text]) => readKeys(id, text, problems)));
  const taken = new Map<string, string>();
  for (const binding of BINDINGS) claim(binding, wanted, taken, problems);
  const bindings = BINDINGS.map((binding) => ({ ...binding, keys: keysOf(binding, wanted, taken, problems) }));
  const byKey = new Map(
    bindings.flatMap((binding) =>
      binding.on.flatMap((scope) => binding.keys.map((key) => [`${scope} ${key}`, binding] as const)),
    ),
  );
  return { bindings, byKey, problems: [...new Set(problems)] };
}

type Wanted = ReadonlyMap<string, readonly string[]>;

function readKeys(id: string, text: string, problems: string[]): readonly (readonly [string, readonly string[]])[] {
  if (!BINDINGS.some((binding) => binding.id === id)) {
    const near = nearest(
      id,
      BINDINGS.map((binding) => binding.id),
    );
    problems.push(
      `keys: there is no "${id}"; ${near === undefined ? '' : `did you mean ${near}? `}renego config --keys lists all`,
    );
    return [];
  }
  const words = text.split(/\s+/).filter((word) => word !== '' && word !== 'none');
  const keys = words.flatMap((word) => {
    const key = keyNamed(word);
    if (key === undefined) problems.push(`keys: "${word}" for ${id} is no key, as r, Ctrl-R and PgUp are`);
    return key ?? [];
  });
  return [[id, keys]];
}

/** Notes whose each key of a binding is, where it was given. */
function claim(binding: Binding, wanted: Wanted, taken: Map<string, string>, problems: string[]): void {
  for (const key of wanted.get(binding.id) ?? []) {
    for (const scope of binding.on) {
      const other = taken.get(`${scope} ${key}`);
      if (other === undefined) taken.set(`${scope} ${key}`, binding.id);
      else if (other !== binding.id)
        problems.push(`keys: ${shownKey(key)} is given to ${other} and to ${binding.id}; it stays with ${other}`);
    }
  }
}

function keysOf(binding: Binding, wanted: Wanted, taken: ReadonlyMap<string, string>, problems: string[]): string[] {
  const { id, on, keys } = binding;
  const isFree = (key: string) => on.every((scope) => [undefined, id].includes(taken.get(`${scope} ${key}`)));
  const fixed = keys.filter((key) => FIXED.has(`${id} ${key}`));
  const own = wanted.get(id);
  if (own !== undefined) return [...new Set([...own.filter(isFree), ...fixed])];
  const left = keys.filter((key) => isFree(key) || fixed.includes(key));
  for (const key of keys) {
    const winner = on.map((scope) => taken.get(`${scope} ${key}`)).find((one) => one !== undefined && one !== id);
    if (winner !== undefined && left.length === 0)
      problems.push(`keys: ${id} has no key any more, since ${shownKey(key)} is ${winner} now`);
  }
  return left;
}

/** The keys as they are without any config. */
export const DEFAULT_KEYMAP: Keymap = createKeymap();

export const keymapOf = ({ keymap }: Pick<Setting, 'keymap'>): Keymap => keymap ?? DEFAULT_KEYMAP;

/** Where any other key is a letter. */
const TYPING: ReadonlySet<Scope> = new Set(['filter', 'text', 'palette']);

export function scopeOf(ui: Ui): Scope {
  if (ui.prompt !== undefined) return ui.prompt.for === 'filter' ? 'filter' : 'text';
  return ui.screen === 'main' ? ui.focus : ui.screen;
}

/** What a key asks for: the binding's command, or why not as a toast; typing while there is a prompt; else nothing. */
export function commandFor(key: string, ui: Ui, setting: Setting): Command | undefined {
  const scope = scopeOf(ui);
  const binding = keymapOf(setting).byKey.get(`${scope} ${key}`);
  if (binding === undefined) return TYPING.has(scope) ? typing(key) : undefined;
  if (binding.id === 'palette-run') return runChosen(ui, setting);
  return commandOf(binding, ui, setting);
}

function commandOf(binding: Binding, ui: Ui, setting: Setting): Command {
  const reason = binding.disabled?.(ui, setting);
  return reason === undefined ? binding.command : { type: 'say', text: reason, tone: 'warn' };
}

function runChosen(ui: Ui, setting: Setting): Command | undefined {
  const binding = chosen(ui, setting);
  if (binding === undefined) return undefined;
  const command = commandOf(binding, ui, setting);
  return command.type === 'say' ? command : { type: 'run', command };
}

function typing(key: string): Command | undefined {
  const text = key === 'space' ? ' ' : key;
  return [...text].length === 1 ? { type: 'type', text } : undefined;
}

export interface KeyRow {
  readonly group: Group;
  readonly keys: string;
  readonly help: string;
  readonly binding: Binding;
}

/** One row a binding for the README and the help; the tabs take one row together. */
export function keyTable({ bindings }: Keymap = DEFAULT_KEYMAP): readonly KeyRow[] {
  return bindings
    .filter(({ id }) => !/^tab-[2-9]$/.test(id))
    .map((binding) => {
      const { id, group, keys, help } = binding;
      if (id === 'tab-1') return { group, keys: `1 .. ${TABS.length}`, help: 'that tab', binding };
      return { group, keys: keys.map(shownKey).join(' '), help, binding };
    });
}
