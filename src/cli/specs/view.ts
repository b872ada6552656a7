import type { CommandSpec } from '../command.ts';
import { CONFIG, FILES, FILTER, RULE, SESSION_ARG } from './options.ts';

export const view: CommandSpec = {
  name: 'view',
  group: FILES,
  summary: 'look at recordings in the terminal UI',
  args: [{ ...SESSION_ARG, name: '<session...>' }],
  options: [FILTER, RULE, CONFIG],
  details:
    'Several are merged by time: by the clock if each says when it began, else all begin at once. ' +
    'alice@client is whom client.ndjson calls alice; each recording is understood and judged by itself.',
  examples: [
    { command: 'renego view demo.ndjson', shows: 'the ladder, with the changes of each offer' },
    { command: 'renego view demo.ndjson#12', shows: 'the same, with event 12 selected' },
    { command: 'renego view client.ndjson server.ndjson', shows: 'what both sides recorded, side by side' },
  ],
  load: async () => (await import('../commands/view.ts')).run,
};
