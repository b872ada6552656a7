import type { CommandSpec } from '../command.ts';
import { HELP } from './options.ts';

export const completion: CommandSpec = {
  name: 'completion',
  group: HELP,
  summary: 'print a completion script for a shell',
  args: [{ name: '<shell>', help: 'bash, zsh or fish' }],
  options: [],
  examples: [
    {
      command: 'source <(renego completion bash)',
      shows: 'in ~/.bashrc; the same with zsh in ~/.zshrc, after compinit',
    },
    {
      command: 'renego completion fish > ~/.config/fish/completions/renego.fish',
      shows: 'for fish, once',
    },
  ],
  load: async () => (await import('../commands/completion.ts')).run,
};
