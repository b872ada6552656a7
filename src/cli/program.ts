/** The table of commands made into commander's program. */
import { Command, Option } from 'commander';
import { linesToAscii } from '../sinks/ascii.ts';
import { wrap } from '../sinks/wrap.ts';
import type { CommandSpec, OptionSpec, Ordered } from './command.ts';
import { columnsOf, type Io, readsUtf8 } from './io.ts';

export interface GlobalOptions {
  readonly color?: boolean;
  readonly ascii?: boolean;
  readonly plain?: boolean;
  readonly debug?: boolean;
}

/** Called when the command line is understood; `globals` come from before or after the command's name. */
export type Chosen = (spec: CommandSpec, args: readonly string[], options: object, globals: GlobalOptions) => void;

const DESCRIPTION = 'Shows, explains, drives and replays WebRTC negotiation from a terminal.';

const SESSION_HELP = [
  '<session> is a file, or - for standard input, in any format renego reads: a renego recording, a transcript, captured ' +
    'frames, SDP text. It is recognised by content. <session>#N means event N in it.',
  'Exit codes: 0 fine, 1 findings, differences or failed expectations, 2 wrong use, 3 could not connect or start, ' +
    '4 input unreadable, 70 a bug in renego, 128+n ended by a signal.',
];

/** Columns of help: as many as the terminal has, but no line longer than is read with ease. */
const WIDTH = { usual: 80, most: 100 };

/** commander's program for this table. It writes help to `io.stdout`, and throws instead of ending the process. */
export function createProgram(specs: readonly CommandSpec[], version: string, io: Io, chosen: Chosen): Command {
  const width = Math.min(columnsOf(io, WIDTH.usual), WIDTH.most);
  const drawn = (text: string) => (program.opts().ascii || !readsUtf8(io.env) ? linesToAscii(text) : text);
  const program = new Command('renego')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .option('--color', 'use colour even where stdout is no terminal')
    .option('--no-color', 'use no colour')
    .option('--ascii', 'draw with ASCII characters only')
    .option('--plain', 'text line by line, never the screen: for screen readers and logs')
    .option('--debug', 'print stacks with errors')
    .addHelpText('after', SESSION_HELP.map((text) => `\n${wrap(text, width).join('\n')}`).join('\n'))
    .addHelpCommand(
      new Command('help').argument('[command]').description('print help for a command').helpGroup('Help:'),
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: width, subcommandTerm: termOf })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(drawn(text)),
      writeErr: () => {},
      outputError: () => {},
    });
  for (const spec of specs) program.addCommand(createCommand(program, spec, width, chosen));
  return program;
}

/** Every command has options: its own help lists them. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return [command.name(), ...args].join(' ');
}

function createCommand(program: Command, spec: CommandSpec, width: number, chosen: Chosen): Command {
  const command = new Command(spec.name)
    .copyInheritedSettings(program)
    .summary(spec.summary)
    .description(spec.details === undefined ? sentence(spec.summary) : `${sentence(spec.summary)}\n\n${spec.details}`)
    .helpOption('-h, --help', 'print help')
    .helpGroup(spec.group);
  for (const argument of spec.args) command.argument(argument.name, argument.help);
  for (const option of spec.options) command.addOption(createOption(option));
  const ordered = collectOrdered(command, spec);
  command.addHelpText('after', examplesText(spec, width));
  command.action((...given: unknown[]) => {
    const args = given.slice(0, spec.args.length).flat() as (string | undefined)[];
    const present = args.filter((arg): arg is string => arg !== undefined);
    chosen(spec, present, { ...command.opts(), ...ordered }, program.opts());
  });
  return command;
}

/** commander tells of every option as it comes. */
function collectOrdered(command: Command, spec: CommandSpec): { ordered?: readonly Ordered[] } {
  const names = spec.options.flatMap(({ flags, ordered }) => (ordered ? [/--([\w-]+)/.exec(flags)?.[1] ?? ''] : []));
  if (names.length === 0) return {};
  const ordered: Ordered[] = [];
  for (const name of names) {
    command.on(`option:${name}`, (value: string | undefined) => ordered.push({ name, value: value ?? true }));
  }
  return { ordered };
}

function createOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.help);
  if (spec.default !== undefined) option.default(spec.default);
  if (spec.choices !== undefined) option.choices([...spec.choices]);
  if (spec.repeat) {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  return option;
}

const MARGIN = ' '.repeat(6);

function examplesText(spec: CommandSpec, width: number): string {
  const lines = spec.examples.flatMap(({ command, shows }) => [
    `  $ ${command}`,
    ...wrap(`${MARGIN}${shows}`, width, MARGIN),
  ]);
  return `\nExamples:\n${lines.join('\n')}`;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
