import type { CommandSpec } from '../command.ts';
import { CONFIG, FILES, FILTER, RULE, SESSION_ARG } from './options.ts';

export const view: CommandSpec = {
  name: 'view',
  group: FILES,
  summary: 'look at a recording in the terminal UI',
  args: [SESSION_ARG],
  options: [FILTER, RULE, CONFIG],
  examples: [
    { command: 'renego view demo.ndjson', shows: 'the ladder, with the changes of each offer' },
    { command: 'renego view demo.ndjson#12', shows: 'the same, with event 12 selected' },
  ],
  load: async () => (await import('../commands/view.ts')).run,
};
