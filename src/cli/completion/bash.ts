/** The completion script for bash. It asks nothing of renego when it runs. */
import { type CompletedCommand, type CompletedOption, GLOBAL, type Takes } from './words.ts';

export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion of renego
_renego_files() { COMPREPLY+=($(compgen -f -- "$1")); compopt -o filenames 2>/dev/null; }
_renego() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= i
  # "=" and ":" part words in bash: --rule id=off, http://…
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  case $command in
    '') COMPREPLY=($(compgen -W "${names} help ${optionNames(GLOBAL)} --version -V" -- "$word")) ;;
    help) COMPREPLY=($(compgen -W "${names}" -- "$word")) ;;
${commands.map(commandCase).join('\n')}
  esac
}
complete -F _renego renego
`;
}

const optionNames = (options: readonly CompletedOption[]): string => options.flatMap(({ names }) => names).join(' ');

function commandCase({ name, options, takes }: CompletedCommand): string {
  const valued = options.filter((option) => option.takes !== 'nothing');
  const values = valued.map(({ names, takes: value }) => `        ${names.join('|')}) ${reply(value)}; return ;;`);
  return `    ${name})
      case $before in
${values.join('\n')}
      esac
      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "${optionNames(options)}" -- "$word"))
      else ${reply(takes)}; fi ;;`;
}

function reply(takes: Takes): string {
  if (takes === 'file') return '_renego_files "$word"';
  if (takes === 'nothing' || takes === 'anything') return ':';
  return `COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$word"))`;
}
