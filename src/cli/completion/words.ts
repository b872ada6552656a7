/** What can be completed, from the table of commands: options, what they take, names that are known. */
import { catalogue } from '../../rules/index.ts';
import type { CommandSpec, OptionSpec } from '../command.ts';
import { COMMANDS } from '../commands.ts';
import { protocolRows } from '../protocol-table.ts';

/** What stands behind an option or as an argument: nothing, a file, one of these words, anything. */
export type Takes = 'nothing' | 'file' | 'anything' | readonly string[];

export interface CompletedOption {
  /** `--record`, and a short one where there is one. */
  readonly names: readonly string[];
  readonly help: string;
  readonly takes: Takes;
}

export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are. */
  readonly takes: Takes;
}

export const GLOBAL: readonly CompletedOption[] = [
  { names: ['--help', '-h'], help: 'print help', takes: 'nothing' },
  { names: ['--color'], help: 'use colour even where stdout is no terminal', takes: 'nothing' },
  { names: ['--no-color'], help: 'use no colour', takes: 'nothing' },
  { names: ['--ascii'], help: 'draw with ASCII characters only', takes: 'nothing' },
  { names: ['--plain'], help: 'text line by line, never the screen', takes: 'nothing' },
  { names: ['--debug'], help: 'print stacks with errors', takes: 'nothing' },
];

/** Before the command only. */
export const VERSION: CompletedOption = { names: ['--version', '-V'], help: 'print the version', takes: 'nothing' };

/** Words that options take, where they are known. */
function known(): Readonly<Record<string, readonly string[]>> {
  return {
    protocol: ['auto', ...protocolRows().map(({ name }) => name)],
    rule: catalogue.map(({ id }) => `${id}=off`),
    do: [
      'call',
      'restart-ice',
      'offer',
      'add-audio',
      'add-video',
      'add-data',
      'stop',
      'direction',
      'rollback',
      'hangup',
      'stats',
    ],
    'exit-when': ['connected', 'stable', 'closed', 'failed'],
    media: ['audio', 'video', 'data', 'audio,video', 'audio,video,data'],
    browser: ['chromium', 'firefox'],
    engine: ['wrtc'],
    on: ['offer', 'answer', 'candidate', 'description', 'negotiation', 'message'],
    hold: ['offer', 'answer', 'candidate', 'description', 'negotiation', 'message'],
    filter: ['offer', 'answer', 'candidate', 'finding:error', 'ice:restart'],
  };
}

export function completed(): readonly CompletedCommand[] {
  const words = known();
  return COMMANDS.map((spec) => ({
    name: spec.name,
    help: spec.summary,
    options: [...spec.options.map((option) => completedOption(option, words)), ...GLOBAL],
    takes: argumentOf(spec),
  }));
}

function completedOption(
  { flags, help, choices }: OptionSpec,
  words: Readonly<Record<string, readonly string[]>>,
): CompletedOption {
  const names = [...flags.matchAll(/(?<![\w-])--?[\w-]+/g)].map(([name]) => name);
  const name = (names.find((one) => one.startsWith('--')) ?? '').slice(2);
  const value = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  const takes: Takes =
    value === undefined ? 'nothing' : (choices ?? words[name] ?? (/file|path|dir/.test(value) ? 'file' : 'anything'));
  return { names, help, takes };
}

function argumentOf({ name, args }: CommandSpec): Takes {
  if (name === 'explain') return catalogue.map(({ id }) => id);
  if (name === 'completion') return ['bash', 'zsh', 'fish'];
  if (args.length === 0) return 'nothing';
  return args.some((arg) => /session|file|scenario|^<(a|b|in|out)>/.test(arg.name)) ? 'file' : 'anything';
}
