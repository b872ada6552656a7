/** Settings from files: `renego.config.json` of the project over `renego/config.json` of the user (XDG). */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RenegoError } from '../core/errors.ts';
import type { Saved } from '../core/filter.ts';
import type { RuleSetting } from '../rules/check.ts';
import { catalogue } from '../rules/index.ts';
import type { Finding } from '../rules/rule.ts';
import type { Io } from './io.ts';

export type FailOn = 'error' | 'warning' | 'never';
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** The options that set rules, as commander hands them over. */
export interface RuleFlags {
  readonly rule?: readonly string[];
  readonly config?: string;
}

export interface Config {
  readonly rules: RuleSettings;
  readonly failOn: FailOn | undefined;
  /** Saved filters by name; `@name` in a filter means them. */
  readonly filters: Saved;
}

const SETTINGS: readonly string[] = ['off', 'error', 'warning', 'info'];
const LEVELS: readonly string[] = ['error', 'warning', 'never'];
/** How a saved filter may be called. */
export const FILTER_NAME = /^[\w-]{1,40}$/;
const PROJECT_FILE = 'renego.config.json';

/**
 * The settings in force. `named` is the file given by `--config`; it replaces the project's. Throws RenegoError `usage`:
 * `CONFIG_UNREADABLE` or `CONFIG_INVALID`, naming the file and the place in it. A missing default file is no error.
 */
export async function loadConfig(io: Io, named: string | undefined): Promise<Config> {
  const user = await readConfig(userConfigPath(io), false);
  const project = await readConfig(named ?? PROJECT_FILE, named !== undefined);
  return {
    rules: { ...user.rules, ...project.rules },
    failOn: project.failOn ?? user.failOn,
    filters: { ...user.filters, ...project.filters },
  };
}

/** `renego/config.json` in the user's folder of settings (XDG). */
export function userConfigPath({ env }: Pick<Io, 'env'>): string {
  const home = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config');
  return join(home, 'renego', 'config.json');
}

/** The rules as `--rule` sets them over `--config` over the default files. Throws RenegoError `usage`. */
export async function ruleSettings(io: Io, flags: RuleFlags): Promise<RuleSettings> {
  const given = parseRuleSettings(flags.rule ?? []);
  return { ...(await loadConfig(io, flags.config)).rules, ...given };
}

/** Whether one of these reaches the level. */
export function fails(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  return findings.some(({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'));
}

async function readConfig(path: string, required: boolean): Promise<Config> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!required && (code === 'ENOENT' || code === 'ENOTDIR')) return { rules: {}, failOn: undefined, filters: {} };
    throw new RenegoError('usage', 'CONFIG_UNREADABLE', `cannot read ${path}: ${message}`);
  }
  return parseConfig(text, path);
}

/** Reads a config file's text. `path` names it in errors. */
export function parseConfig(text: string, path: string): Config {
  const value = parseJson(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(path, 'it must be a JSON object');
  const { rules = {}, failOn, filters = {}, ...foreign } = value as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(foreign);
  if (unknown !== undefined)
    throw invalid(path, `"${unknown}" is no setting`, 'Settings are "rules", "failOn" and "filters".');
  if (failOn !== undefined && !LEVELS.includes(failOn as string))
    throw invalid(path, `"failOn" must be one of ${LEVELS.join(', ')}`);
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules))
    throw invalid(path, '"rules" must be an object');
  for (const [id, setting] of Object.entries(rules)) assertSetting(id, setting, `${path}: `);
  return { rules: rules as Config['rules'], failOn: failOn as FailOn | undefined, filters: filtersOf(filters, path) };
}

function filtersOf(value: unknown, path: string): Saved {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(path, '"filters" must be an object: a name and a filter each');
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw invalid(path, `the filter "${name}" must be a text`);
    if (!FILTER_NAME.test(name))
      throw invalid(path, `"${name}" is no name for a filter`, 'Use letters, digits, - and _.');
  }
  return value as Saved;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(path, `it is no JSON: ${(error as Error).message}`);
  }
}

function invalid(path: string, what: string, hint?: string): RenegoError {
  return new RenegoError('usage', 'CONFIG_INVALID', `${path}: ${what}`, hint);
}

/** `--rule id=off|error|warning|info`, any number of times. Throws RenegoError `usage`/`RULE_SETTING`. */
export function parseRuleSettings(given: readonly string[]): Record<string, RuleSetting> {
  return Object.fromEntries(
    given.map((text) => {
      const [id = '', setting = ''] = text.split('=');
      assertSetting(id, setting, '');
      return [id, setting as RuleSetting];
    }),
  );
}

function assertSetting(id: string, setting: unknown, where: string): void {
  if (!catalogue.some((rule) => rule.id === id)) {
    throw new RenegoError('usage', 'NO_SUCH_RULE', `${where}there is no rule '${id}'`, suggestion(id));
  }
  if (!SETTINGS.includes(setting as string)) {
    throw new RenegoError(
      'usage',
      'RULE_SETTING',
      `${where}rule '${id}' can be ${SETTINGS.join(', ')}, not '${String(setting)}'`,
    );
  }
}

/** Rules that share words with what was typed. */
export function suggestion(id: string): string {
  const words = new Set(id.split(/[^a-z0-9]+/i).filter((word) => word.length > 2));
  const near = catalogue.filter((rule) => rule.id.split('-').some((word) => words.has(word))).map((rule) => rule.id);
  const list = 'renego explain lists all rules.';
  return near.length === 0 ? list : `Did you mean ${near.slice(0, 4).join(', ')}? ${list}`;
}
