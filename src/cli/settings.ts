/** What can be set in config files and by environment variables. A setting is an entry of the table. */
import type { Saved } from '../core/filter.ts';
import { nearest } from '../core/nearest.ts';
import type { RuleSetting } from '../rules/check.ts';
import { catalogue } from '../rules/index.ts';
import type { ThemeName } from '../tui/theme.ts';

export type FailOn = 'error' | 'warning' | 'never';
export type RuleSettings = Readonly<Record<string, RuleSetting>>;
/** Keys by the id of what they do; several are separated by blanks. */
export type KeySettings = Readonly<Record<string, string>>;

/** All settings. What is undefined is decided by each command, or by the terminal. */
export interface Settings {
  readonly rules: RuleSettings;
  readonly failOn: FailOn | undefined;
  readonly filters: Saved;
  readonly theme: ThemeName;
  readonly keys: KeySettings;
  readonly mouse: boolean;
  readonly ascii: boolean;
  readonly hints: boolean;
}

export type SettingName = keyof Settings;

/** What the screen takes from them. */
export type ScreenSettings = Pick<Settings, 'filters' | 'theme' | 'keys' | 'mouse' | 'ascii' | 'hints'>;

/** What is wrong with a value. */
export interface SettingFault {
  /** `"theme" …`, without the file's name. */
  readonly message: string;
  readonly hint?: string;
  /** Of a setting by name: the entry that is wrong. */
  readonly entry?: string;
}

export interface SettingSpec<T> {
  readonly name: SettingName;
  readonly help: string;
  readonly initial: T;
  /** The variable that sets it; its text is read as `fromText` says. */
  readonly env?: string;
  readonly fromText?: (text: string) => unknown;
  /** What it can be, for the README and for mistakes. */
  readonly values: string;
  /** Says what is wrong with a value of a file. */
  fault(value: unknown): SettingFault | undefined;
  /** A list by name: what is nearer goes before what is further, name by name. */
  readonly byName?: true;
}

export const THEMES: readonly ThemeName[] = ['auto', 'dark', 'light', 'contrast', 'colour-blind', 'none'];
export const LEVELS: readonly FailOn[] = ['error', 'warning', 'never'];
const RULE_SETTINGS: readonly RuleSetting[] = ['off', 'error', 'warning', 'info'];
/** How a saved filter may be called. */
export const FILTER_NAME = /^[\w-]{1,40}$/;

const boolean = (text: string): unknown =>
  /^(1|true|yes|on)$/i.test(text) ? true : /^(0|false|no|off|)$/i.test(text) ? false : text;

export const SETTINGS: readonly SettingSpec<unknown>[] = [
  {
    name: 'rules',
    help: 'rules by id, each error, warning, info or off',
    initial: {},
    values: '`{ "<rule>": "off" }`',
    byName: true,
    fault: (value) => entries('rules', value, ruleFault),
  },
  {
    name: 'failOn',
    help: 'lowest level of a finding that makes the exit code 1',
    initial: undefined,
    env: 'RENEGO_FAIL_ON',
    values: LEVELS.map((level) => `\`${level}\``).join(' '),
    fault: (value) => oneOf('failOn', value, LEVELS),
  },
  {
    name: 'filters',
    help: 'filters by name, meant by @name',
    initial: {},
    values: '`{ "relays": "candidate[relay]" }`',
    byName: true,
    fault: (value) => entries('filters', value, filterFault),
  },
  {
    name: 'theme',
    help: 'colours of the screen',
    initial: 'auto',
    env: 'RENEGO_THEME',
    values: THEMES.map((theme) => `\`${theme}\``).join(' '),
    fault: (value) => oneOf('theme', value, THEMES),
  },
  {
    name: 'keys',
    help: 'keys of the screen, by the name of what they do (renego config --keys)',
    initial: {},
    values: '`{ "restart-ice": "r Ctrl-R" }`',
    byName: true,
    fault: (value) => entries('keys', value, textFault('key')),
  },
  {
    name: 'mouse',
    help: 'clicks, wheel and dragging on the screen',
    initial: true,
    env: 'RENEGO_MOUSE',
    fromText: boolean,
    values: '`true` `false`',
    fault: (value) => trueOrFalse('mouse', value),
  },
  {
    name: 'ascii',
    help: 'draw with ASCII characters only, also where the locale reads UTF-8',
    initial: false,
    env: 'RENEGO_ASCII',
    fromText: boolean,
    values: '`true` `false`',
    fault: (value) => trueOrFalse('ascii', value),
  },
  {
    name: 'hints',
    help: 'hints at the first three starts of the screen',
    initial: true,
    env: 'RENEGO_HINTS',
    fromText: boolean,
    values: '`true` `false`',
    fault: (value) => trueOrFalse('hints', value),
  },
];

type EntryFault = (name: string, value: unknown) => SettingFault | undefined;

function entries(setting: SettingName, value: unknown, fault: EntryFault): SettingFault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { message: `"${setting}" must be an object` };
  for (const [name, one] of Object.entries(value)) {
    const wrong = fault(name, one);
    if (wrong !== undefined) return { ...wrong, entry: name };
  }
  return undefined;
}

/** What is wrong with the setting of a rule. */
export function ruleFault(id: string, value: unknown): (SettingFault & { readonly unknown?: true }) | undefined {
  if (!catalogue.some((rule) => rule.id === id))
    return { message: `there is no rule '${id}'`, hint: suggestion(id), unknown: true };
  if (RULE_SETTINGS.includes(value as RuleSetting)) return undefined;
  return { message: `rule '${id}' can be ${RULE_SETTINGS.join(', ')}, not '${String(value)}'` };
}

/** The rule that begins so or is written nearly so, or those that share words with what was typed. */
export function suggestion(id: string): string {
  const words = new Set(id.split(/[^a-z0-9]+/i).filter((word) => word.length > 2));
  const ids = catalogue.map((rule) => rule.id);
  const near = ids.find((one) => id !== '' && one.startsWith(id)) ?? nearest(id, ids);
  const akin = ids.filter((one) => one.split('-').some((word) => words.has(word)));
  const list = 'renego explain lists all rules.';
  if (near !== undefined) return `Did you mean ${near}? ${list}`;
  return akin.length === 0 ? list : `Did you mean ${akin.slice(0, 4).join(', ')}? ${list}`;
}

const filterFault: EntryFault = (name, value) => {
  if (!FILTER_NAME.test(name))
    return { message: `"${name}" is no name for a filter`, hint: 'Use letters, digits, - and _.' };
  return textFault('filter')(name, value);
};

function textFault(what: string): EntryFault {
  return (name, value) => (typeof value === 'string' ? undefined : { message: `the ${what} "${name}" must be a text` });
}

function oneOf(setting: SettingName, value: unknown, known: readonly string[]): SettingFault | undefined {
  if (known.includes(value as string)) return undefined;
  const near = nearest(String(value), known);
  return {
    message: `"${setting}" must be one of ${known.join(', ')}`,
    ...(near !== undefined && { hint: `Did you mean "${near}"?` }),
  };
}

function trueOrFalse(setting: SettingName, value: unknown): SettingFault | undefined {
  return typeof value === 'boolean' ? undefined : { message: `"${setting}" must be true or false` };
}
