import type { CommandSpec } from '../command.ts';
import { FILES, SESSION_ARG } from './options.ts';

export const learn: CommandSpec = {
  name: 'learn',
  group: FILES,
  summary: 'describe an unknown signaling system from one recorded call',
  details:
    'Writes a template that reads the system and joins it, with what was assumed in comments: connect --protocol ./mine.yaml.\n' +
    'The recording should hold a whole call, from the join to the hang-up, best of both clients (a proxy, captured frames, HAR).',
  args: [SESSION_ARG],
  options: [],
  examples: [
    { command: 'renego learn call.ndjson > mine.yaml', shows: 'a template to read, correct and use' },
    {
      command: 'renego learn page.har > mine.yaml',
      shows: 'the same from what the developer tools of a browser saved',
    },
  ],
  load: async () => (await import('../commands/learn.ts')).run,
};
