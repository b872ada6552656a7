/** The text of a config file as settings; mistakes are shown where they are. */
import { RenegoError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { SETTINGS, type SettingFault, type Settings } from './settings.ts';

/** `path` names the file in errors. Throws RenegoError `usage`/`CONFIG_INVALID`. A byte order mark is no mistake. */
export function parseConfig(written: string, path: string): Partial<Settings> {
  const text = written.replace(/^\ufeff/, '');
  const value = parseJson(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(path, { message: 'it must be a JSON object' });
  for (const [name, own] of Object.entries(value)) {
    const fault = faultOf(name, own);
    if (fault !== undefined) throw invalid(path, fault, text, placeOf(text, name, fault.entry));
  }
  return value as Partial<Settings>;
}

function faultOf(name: string, value: unknown): SettingFault | undefined {
  const spec = SETTINGS.find((one) => one.name === name);
  if (spec !== undefined) return spec.fault(value);
  const names = SETTINGS.map((one) => `"${one.name}"`);
  const near = nearest(
    name,
    SETTINGS.map((one) => one.name),
  );
  const all = `Settings are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`;
  return { message: `"${name}" is no setting`, hint: near === undefined ? all : `Did you mean "${near}"? ${all}` };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = (error as Error).message;
    const at = Math.min(Number(/at position (\d+)/.exec(said)?.[1] ?? text.length), text.length);
    const what = said.replace(/ (?:in JSON )?at position .*$/s, '').replace(/, "?\.{3}.*$/s, '');
    throw invalid(path, { message: `it is no JSON: ${what}` }, text, at);
  }
}

/** Where the setting, or the entry of it, stands; of several of that name the last counts. */
function placeOf(text: string, name: string, entry: string | undefined): number | undefined {
  const setting = lastKey(text, name);
  const inside = entry === undefined ? undefined : lastKey(text.slice(setting), entry);
  return inside === undefined ? setting : (setting ?? 0) + inside;
}

function lastKey(text: string, key: string): number | undefined {
  const written = JSON.stringify(key).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [...text.matchAll(new RegExp(`${written}\\s*:`, 'g'))].at(-1)?.index;
}

/** Characters of a long line before and behind the mistake. */
const SHOWN = 60;

/** With the line that the mistake is in, and where. */
function invalid(path: string, { message, hint }: SettingFault, text = '', at?: number): RenegoError {
  if (at === undefined) return new RenegoError('usage', 'CONFIG_INVALID', `${path}: ${message}`, hint);
  const before = text.slice(0, at).split('\n');
  const column = before.at(-1)?.length ?? 0;
  const line = (text.split('\n')[before.length - 1] ?? '').trimEnd();
  const from = Math.max(0, column - SHOWN);
  const shown = `${line.slice(from, column + SHOWN)}\n${' '.repeat(column - from)}^`;
  const place = `${path}:${before.length}:${column + 1}`;
  const more = hint === undefined ? shown : `${shown}\n${hint}`;
  return new RenegoError('usage', 'CONFIG_INVALID', `${place}: ${message}`, more);
}
