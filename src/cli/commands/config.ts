/** `renego config`: every setting, its value, and the file or variable it comes from. */
import { parseFilter } from '../../core/filter.ts';
import { printable } from '../../core/text.ts';
import { type Config, loadConfig } from '../config.ts';
import type { Context } from '../io.ts';
import { SETTINGS } from '../settings.ts';

interface ConfigFlags {
  readonly keys?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

export async function run({ io }: Context, _args: readonly string[], flags: ConfigFlags): Promise<number> {
  const config = await loadConfig(io, flags.config);
  const { createKeymap, keyTable } = await import('../../tui/keymap.ts');
  const keymap = createKeymap(config.keys);
  const keys = keyTable(keymap).map(({ binding, keys: shown, help }) => ({ id: binding.id, keys: shown, help }));
  const problems = [...keymap.problems, ...filterProblems(config)];
  if (flags.json === true) {
    io.stdout.write(
      `${JSON.stringify({ schema: 1, files: config.files, settings: settingsOf(config), keys, problems })}\n`,
    );
    return 0;
  }
  const rows = flags.keys === true ? keys.map((one) => [one.id, one.keys, one.help]) : settingRows(config);
  const told = flags.keys === true ? [] : ['', ...fileLines(config)];
  io.stdout.write(`${[...table(rows), ...told].join('\n')}\n`);
  for (const problem of problems) io.stderr.write(`renego: ${printable(problem)}\n`);
  return 0;
}

/** Saved filters that mean nothing. */
function filterProblems({ filters }: Config): readonly string[] {
  return Object.entries(filters).flatMap(([name, text]) => {
    const parsed = parseFilter(text, { saved: filters });
    return 'error' in parsed ? [`filters: @${name}: ${parsed.error.message} (column ${parsed.error.column})`] : [];
  });
}

interface SettingJson {
  readonly name: string;
  readonly value: unknown;
  /** A path, a variable, or `default`. */
  readonly from: string;
}

/** Entries of settings by name stand for themselves: `rules.<id>`. */
function settingsOf(config: Config): readonly SettingJson[] {
  return SETTINGS.flatMap(({ name, byName }): SettingJson[] => {
    const from = (key: string) => config.origins.get(key) ?? 'default';
    const value = config[name];
    const entries = byName === true ? Object.entries(value as object) : [];
    if (entries.length === 0) return [{ name, value: value ?? null, from: from(name) }];
    return entries.map(([key, own]) => ({ name: `${name}.${key}`, value: own, from: from(`${name}.${key}`) }));
  });
}

function settingRows(config: Config): readonly (readonly string[])[] {
  return settingsOf(config).map(({ name, value, from }) => [name, shown(value), from]);
}

function shown(value: unknown): string {
  if (value === null) return 'as each command says';
  if (typeof value === 'object') return 'none';
  return printable(String(value));
}

function fileLines({ files }: Config): readonly string[] {
  return files.map(({ what, path, found }) => `${what} file: ${printable(path)}${found ? '' : ' (not there)'}`);
}

/** Columns as wide as they have to be. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
