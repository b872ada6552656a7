/** The completion script for zsh, for `source <(…)` and as a file `_renego` in fpath. */
import { type CompletedCommand, type CompletedOption, GLOBAL, type Takes, VERSION } from './words.ts';

export function zshScript(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, help }) => `    ${quoted(`${name}:${help}`)}`);
  return `#compdef renego
_renego() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${described.join('\n')}
  )
  _arguments -C ${[...GLOBAL, VERSION].map(argument).join(' ')} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
        help) _arguments '1: :->topic'; [[ $state == topic ]] && _describe command commands ;;
${commands.map(commandCase).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _renego ]]; then _renego "$@"; else compdef _renego renego; fi
`;
}

function commandCase({ name, options, takes }: CompletedCommand): string {
  const rest = takes === 'nothing' ? [] : [quoted(`*${action('argument', takes)}`)];
  const all = [...options.map(argument), ...rest].map((text) => `          ${text}`).join(' \\\n');
  return `        ${name}) _arguments \\\n${all} ;;`;
}

/** \`'(--help -h)'{--help,-h}'[print help]'\` */
function argument({ names, help, takes }: CompletedOption): string {
  const text = `[${help.replace(/[[\]:\\]/g, (letter) => `\\${letter}`)}]`;
  const value = takes === 'nothing' ? '' : action('value', takes);
  const after = quoted(`${text}${value}`);
  // Some may be given again and again.
  return names.length === 1
    ? `'*'${names[0]}${after}`
    : `${quoted(`(${names.join(' ')})`)}{${names.join(',')}}${after}`;
}

function action(what: string, takes: Takes): string {
  if (takes === 'file') return `:${what === 'argument' ? 'file' : what}:_files`;
  if (typeof takes === 'string') return `:${what}: `;
  return `:${what}:(${takes.join(' ')})`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
