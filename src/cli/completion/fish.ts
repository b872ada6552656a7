/** The completion script for fish. */
import { type CompletedCommand, type CompletedOption, GLOBAL, type Takes, VERSION } from './words.ts';

export function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c renego -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.help)}`,
    ...within(command),
  ]);
  const first = 'complete -c renego -n __fish_use_subcommand -f';
  const global = [...GLOBAL, VERSION].map((option) => `${first} ${optionWords(option)}`);
  const names = commands.map(({ name }) => name);
  const help = [
    `${first} -a help -d 'print help for a command'`,
    `complete -c renego -n '__fish_seen_subcommand_from help' -f ${words(names)}`,
  ];
  return `# fish completion of renego\n${[...global, ...help, ...lines].join('\n')}\n`;
}

function within({ name, options, takes }: CompletedCommand): readonly string[] {
  const when = `complete -c renego -n '__fish_seen_subcommand_from ${name}'`;
  const files = takes === 'file' ? [`${when} -F`] : [`${when} -f ${words(takes)}`.trimEnd()];
  return [...files, ...options.map((option) => `${when} ${optionWords(option)}`)];
}

function optionWords({ names, help, takes }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takes === 'nothing' ? [] : takes === 'file' ? ['-r -F'] : [`-x ${words(takes)}`.trimEnd()];
  return [...flags, ...value, `-d ${quoted(help)}`].join(' ');
}

function words(takes: Takes): string {
  return typeof takes === 'string' ? '' : `-a ${quoted(takes.join(' '))}`;
}

const quoted = (text: string): string => `'${text.replace(/[\\\\']/g, (letter) => `\\${letter}`)}'`;
