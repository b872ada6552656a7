/**
 * Settings and where they come from: `renego/config.json` of the user (XDG), over it `renego.config.json` of the project
 * (the working folder or the nearest above it) or the file of `--config`, over them the environment.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RenegoError } from '../core/errors.ts';
import type { RuleSetting } from '../rules/check.ts';
import type { Finding } from '../rules/rule.ts';
import { parseConfig } from './config-text.ts';
import { settingsFolder } from './folders.ts';
import type { Io } from './io.ts';
import { type FailOn, type RuleSettings, ruleFault, SETTINGS, type SettingSpec, type Settings } from './settings.ts';

/** The options that set rules, as commander hands them over. */
export interface RuleFlags {
  readonly rule?: readonly string[];
  readonly config?: string;
}

/** Settings, and for each (and each entry of those by name, as `rules.<id>`) who set it: a path or a variable. */
export interface Config extends Settings {
  readonly origins: ReadonlyMap<string, string>;
  /** The files that are looked at, and whether they are there. */
  readonly files: readonly { readonly what: 'user' | 'project'; readonly path: string; readonly found: boolean }[];
}

export const PROJECT_FILE = 'renego.config.json';

interface Layer {
  readonly from: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The settings in force. `named` is the file given by `--config` (or RENEGO_CONFIG); it replaces the project's. Throws
 * RenegoError `usage`: `CONFIG_UNREADABLE` or `CONFIG_INVALID`, naming the file and the place in it. A missing default
 * file is no error.
 */
export async function loadConfig(io: Pick<Io, 'env'>, named?: string): Promise<Config> {
  const given = named ?? (io.env.RENEGO_CONFIG || undefined);
  const userPath = userConfigPath(io);
  const user = readLayer(userPath, false);
  const [projectPath, project] = given === undefined ? projectLayer() : [given, readLayer(given, true)];
  const layers = [user, project, ...environment(io.env)].filter((layer) => layer !== undefined);
  const origins = new Map<string, string>();
  const values = Object.fromEntries(SETTINGS.map((spec) => [spec.name, settled(spec, layers, origins)]));
  return {
    ...(values as unknown as Settings),
    origins,
    files: [
      { what: 'user', path: userPath, found: user !== undefined },
      { what: 'project', path: projectPath, found: project !== undefined },
    ],
  };
}

/** The value of the nearest layer that has it; of settings by name each entry so. */
function settled(spec: SettingSpec<unknown>, layers: readonly Layer[], origins: Map<string, string>): unknown {
  let value = spec.initial;
  for (const { from, values } of layers) {
    if (!Object.hasOwn(values, spec.name)) continue;
    const own = values[spec.name];
    origins.set(spec.name, from);
    if (spec.byName !== true) value = own;
    else {
      value = { ...(value as object), ...(own as object) };
      for (const name of Object.keys(own as object)) origins.set(`${spec.name}.${name}`, from);
    }
  }
  return value;
}

/** `renego/config.json` in the user's folder of settings. */
export function userConfigPath({ env }: Pick<Io, 'env'>): string {
  return join(settingsFolder(env), 'renego', 'config.json');
}

/** The rules as `--rule` sets them over the files. Throws RenegoError `usage`. */
export async function ruleSettings(io: Io, flags: RuleFlags): Promise<RuleSettings> {
  const given = parseRuleSettings(flags.rule ?? []);
  return { ...(await loadConfig(io, flags.config)).rules, ...given };
}

/** Whether one of these reaches the level. */
export function fails(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  return findings.some(({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'));
}

/** The nearest file of a project, going up from the working folder; where there is none, where it would be. */
function projectLayer(): readonly [string, Layer | undefined] {
  let folder = resolve('.');
  for (;;) {
    const layer = readLayer(join(folder, PROJECT_FILE), false);
    const above = dirname(folder);
    if (layer !== undefined) return [join(folder, PROJECT_FILE), layer];
    if (above === folder) return [resolve(PROJECT_FILE), undefined];
    folder = above;
  }
}

function readLayer(path: string, required: boolean): Layer | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!required && (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES')) return undefined;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    const hint = required ? 'It was named by --config or RENEGO_CONFIG.' : undefined;
    throw new RenegoError('usage', 'CONFIG_UNREADABLE', `cannot read ${path}: ${why}`, hint);
  }
  return { from: path, values: parseConfig(text, path) };
}

/** A layer for each variable that is set. */
function environment(env: Io['env']): readonly Layer[] {
  return SETTINGS.flatMap(({ name, env: variable, fromText, fault }) => {
    const text = variable === undefined ? undefined : env[variable];
    if (variable === undefined || text === undefined || text === '') return [];
    const value = fromText === undefined ? text : fromText(text);
    const wrong = fault(value);
    if (wrong !== undefined)
      throw new RenegoError('usage', 'CONFIG_INVALID', `${variable}=${text}: ${wrong.message}`, wrong.hint);
    return [{ from: variable, values: { [name]: value } }];
  });
}

/** `--rule id=off|error|warning|info`, any number of times. Throws RenegoError `usage`: `NO_SUCH_RULE`, `RULE_SETTING`. */
export function parseRuleSettings(given: readonly string[]): Record<string, RuleSetting> {
  return Object.fromEntries(
    given.map((text) => {
      const [id = '', setting = ''] = text.split('=');
      const fault = ruleFault(id, setting);
      if (fault !== undefined)
        throw new RenegoError('usage', fault.unknown ? 'NO_SUCH_RULE' : 'RULE_SETTING', fault.message, fault.hint);
      return [id, setting as RuleSetting];
    }),
  );
}
