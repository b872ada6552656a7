/** Filters as options of commands: read with the saved ones, mistakes shown where they are. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RenegoError } from '../core/errors.ts';
import { type Filter, type FindingsOf, parseFilter, type Saved, underlined } from '../core/filter.ts';
import type { Finding } from '../rules/rule.ts';
import { userConfigPath } from './config.ts';
import { parseConfig } from './config-text.ts';
import type { Io } from './io.ts';
import { FILTER_NAME } from './settings.ts';

/** Throws RenegoError `usage`/`BAD_FILTER` with the mistake underlined. */
export function filterOption(text: string, saved: Saved): Filter {
  const parsed = parseFilter(text, { saved });
  if ('filter' in parsed) return parsed.filter;
  throw new RenegoError('usage', 'BAD_FILTER', `--filter: ${parsed.error.message}`, underlined(text, parsed.error));
}

/** What was found, by event. */
export function byEvent(findings: readonly Finding[]): FindingsOf {
  const found = new Map<number, Finding[]>();
  for (const finding of findings) found.set(finding.event, [...(found.get(finding.event) ?? []), finding]);
  return (seq) => found.get(seq) ?? [];
}

/** Writes a filter into the user's config file. Returns what to tell the user; throws if the file cannot be written. */
export function saveFilter(io: Pick<Io, 'env'>, name: string, text: string): string {
  if (!FILTER_NAME.test(name)) throw new Error(`"${name}" is no name for a filter: use letters, digits, - and _`);
  const path = userConfigPath(io);
  const settings = readSettings(path);
  const filters = { ...(settings.filters as Saved | undefined), [name]: text };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...settings, filters }, null, 2)}\n`, { mode: 0o600 });
  return `@${name} is saved in ${path}`;
}

/** The file as it is; one with mistakes in it is left alone. */
function readSettings(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  return { ...parseConfig(text, path) };
}
