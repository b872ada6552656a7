/**
 * Command lines of the common kind, read without commander, which takes longer to load than a small file to check:
 * a command, arguments, options with or without a value. What is anything else (help, mistakes) is commander's.
 */
import type { CommandSpec, OptionSpec } from './command.ts';
import type { GlobalOptions } from './program.ts';

/** What a command line asks for. */
export interface Choice {
  readonly spec: CommandSpec;
  readonly args: readonly string[];
  readonly options: object;
  readonly globals: GlobalOptions;
}

const GLOBALS: Readonly<Record<string, GlobalOptions>> = {
  '--color': { color: true },
  '--no-color': { color: false },
  '--ascii': { ascii: true },
  '--plain': { plain: true },
  '--debug': { debug: true },
};

/** The same as commander makes of it; undefined where that has to be asked. */
export function plainChoice(specs: readonly CommandSpec[], argv: readonly string[]): Choice | undefined {
  const spec = specs.find(({ name }) => name === argv[0]);
  if (spec === undefined || spec.options.some(({ ordered }) => ordered)) return undefined;
  const options = defaultsOf(spec);
  const args: string[] = [];
  let globals: GlobalOptions = {};
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (GLOBALS[arg] !== undefined) globals = { ...globals, ...GLOBALS[arg] };
    else if (!arg.startsWith('-') || arg === '-' || /^-#\d+$/.test(arg)) args.push(arg);
    else {
      const option = spec.options.find(({ flags }) => flags === arg || flags.startsWith(`${arg} <`));
      if (option === undefined || arg.startsWith('--no-')) return undefined;
      if (option.flags === arg) options[keyOf(arg)] = true;
      else if (!takeValue(options, keyOf(arg), option, argv[++at])) return undefined;
    }
  }
  return countFits(spec, args.length) ? { spec, args, options, globals } : undefined;
}

function defaultsOf({ options }: CommandSpec): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const { flags, default: value } of options) {
    const [flag = ''] = flags.split(' ');
    if (value !== undefined) known[keyOf(flag)] = value;
    if (flag.startsWith('--no-')) known[keyOf(flag.replace('--no-', '--'))] = true;
  }
  return known;
}

/** False for a value that is missing, looks like an option or is none of the choices. */
function takeValue(
  options: Record<string, unknown>,
  key: string,
  { choices, repeat }: OptionSpec,
  value: string | undefined,
): boolean {
  if (value === undefined || value.startsWith('-') || choices?.includes(value) === false) return false;
  const before = options[key];
  options[key] = repeat ? [...(Array.isArray(before) ? before : []), value] : value;
  return true;
}

/** `--fail-on` is `failOn`. */
function keyOf(flag: string): string {
  return flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function countFits({ args }: CommandSpec, count: number): boolean {
  const least = args.filter(({ name }) => name.startsWith('<')).length;
  const most = args.some(({ name }) => name.includes('...')) ? Number.POSITIVE_INFINITY : args.length;
  return count >= least && count <= most;
}
