/** The completion script for fish. */
import { type CompletedCommand, type CompletedOption, GLOBAL, type Takes } from './words.ts';

export function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c renego -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.help)}`,
    ...within(command),
  ]);
  const global = GLOBAL.map((option) => `complete -c renego -n __fish_use_subcommand -f ${optionWords(option)}`);
  return `# fish completion of renego\n${[...global, ...lines].join('\n')}\n`;
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
