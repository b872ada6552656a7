/** The manual page in roff (man(7)), from the tables of commands, settings and keys. */
import type { CommandSpec, OptionSpec } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { SETTINGS } from './settings.ts';

export interface ManParts {
  readonly version: string;
  readonly commands: readonly CommandSpec[];
  readonly keys: readonly { readonly keys: string; readonly help: string }[];
}

const DESCRIPTION = `renego joins a signaling server as a real peer, sits between an application and its server, or attaches to the browser
the application runs in. It shows every offer, answer and candidate as it passes, what each one changed, what is wrong, why,
and what browsers will say about it; it restarts ICE, records, and replays. Without a command it plays the demo.
A <session> is a file, or - for standard input, in any format renego reads; <session>#N means event N in it.`;

const EXITS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'All fine; for diff: equal.',
  different: 'Findings, differences or failed expectations.',
  usage: 'Wrong use or configuration.',
  connect: 'Could not connect or start.',
  input: 'Input unreadable.',
  bug: 'A bug in renego.',
};

export function manPage({ version, commands, keys }: ManParts): string {
  const parts = [
    `.TH RENEGO 1 "" ${quoted(`renego ${version}`)} "User Commands"`,
    ...section('NAME', ['renego \\- debugger for WebRTC negotiation']),
    ...section('SYNOPSIS', ['.B renego', '.RI [ command ]', '.RI [ arguments ]', '.RI [ options ]']),
    ...section('DESCRIPTION', text(DESCRIPTION)),
    ...section('COMMANDS', commands.flatMap(command)),
    ...section(
      'KEYS',
      keys.flatMap((row) => entry(bold(row.keys), row.help)),
    ),
    ...section(
      'SETTINGS',
      SETTINGS.flatMap(({ name, help, env }) => entry(bold(name), env === undefined ? help : `${help} (${env})`)),
    ),
    ...section('FILES', [
      ...entry(italic('renego.config.json'), 'Settings of a project, in the working folder or the nearest above it.'),
      ...entry(italic('~/.config/renego/config.json'), 'Settings of the user ($XDG_CONFIG_HOME).'),
      ...entry(
        italic('~/.cache/renego/'),
        'What Node has compiled of each command, for its next start ($XDG_CACHE_HOME). It can be deleted at any time; NODE_DISABLE_COMPILE_CACHE=1 keeps nothing there.',
      ),
    ]),
    ...section('EXIT STATUS', [
      ...(Object.keys(EXIT) as (keyof typeof EXIT)[]).flatMap((name) => entry(bold(String(EXIT[name])), EXITS[name])),
      ...entry(bold('128+n'), 'Ended by signal n.'),
    ]),
  ];
  return `${parts.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${quoted(title)}`, ...lines];
}

function command({ name, args, summary, details, options, examples }: CommandSpec): readonly string[] {
  const usage = ['renego', name, ...args.map((arg) => arg.name)].join(' ');
  return [
    `.SS ${quoted(usage)}`,
    ...text(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    ...(details?.split('\n').flatMap((paragraph) => ['.PP', ...text(paragraph)]) ?? []),
    ...options.flatMap(option),
    ...examples.flatMap(({ command: line, shows }) => ['.PP', '.EX', `$ ${escaped(line)}`, '.EE', ...text(shows)]),
  ];
}

function option({ flags, help, default: initial }: OptionSpec): readonly string[] {
  return entry(bold(flags), initial === undefined ? help : `${help} (default: ${initial})`);
}

function entry(head: string, body: string): readonly string[] {
  return ['.TP', head, ...text(body)];
}

/** Lines of running text; a line that begins with a point or quote would be a request. */
function text(body: string): readonly string[] {
  return body.split('\n').map((line) => escaped(line).replace(/^(?=[.'])/, '\\&'));
}

const escaped = (line: string): string =>
  line
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/[^\x20-\x7e]/gu, special);
const special = (letter: string): string =>
  `\\[u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
const bold = (words: string): string => `\\fB${escaped(words)}\\fR`;
const italic = (words: string): string => `\\fI${escaped(words)}\\fR`;
const quoted = (words: string): string => `"${escaped(words).replaceAll('"', '\\(dq')}"`;
