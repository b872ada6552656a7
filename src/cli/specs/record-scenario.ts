import type { CommandSpec } from '../command.ts';
import { FILES, SESSION_ARG } from './options.ts';

export const recordScenario: CommandSpec = {
  name: 'record-scenario',
  group: FILES,
  summary: 'print a scenario made of a recording',
  details:
    'Real peers do again what its sides wanted; what cannot be done again stands there as comments. See renego run.',
  args: [SESSION_ARG],
  options: [],
  examples: [
    { command: 'renego record-scenario dump.json > bug.yaml', shows: 'the call of a dump as steps and expectations' },
    { command: 'renego record-scenario call.ndjson | renego run -', shows: 'and played at once' },
  ],
  load: async () => (await import('../commands/record-scenario.ts')).run,
};
