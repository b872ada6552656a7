import type { CommandSpec } from '../command.ts';
import { HELP } from './options.ts';

export const man: CommandSpec = {
  name: 'man',
  group: HELP,
  summary: 'print the manual page',
  args: [],
  options: [],
  examples: [
    { command: 'renego man | man -l -', shows: 'the manual page' },
    {
      command: 'renego man > /usr/local/share/man/man1/renego.1',
      shows: 'installs it; npm install -g does so by itself',
    },
  ],
  load: async () => (await import('../commands/man.ts')).run,
};
