import type { CommandSpec } from '../command.ts';
import { LIVE } from './options.ts';

export const protocols: CommandSpec = {
  name: 'protocols',
  group: LIVE,
  summary: 'list the signaling systems that are built in',
  details:
    'Each is read and joined; the table says how ICE is restarted in it, and what renego was run against with it.\n' +
    'A system that is not there is described by messages of it: connect --protocol ./mine.yaml.',
  args: [],
  options: [{ flags: '--json', help: 'print one JSON object' }],
  examples: [
    { command: 'renego protocols', shows: 'one line a system' },
    { command: 'renego protocols --json', shows: 'the same for a program, with everything each can do' },
  ],
  load: async () => (await import('../commands/protocols.ts')).run,
};
