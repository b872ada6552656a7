import type { CommandSpec } from '../command.ts';
import { ALL, CONFIG, ENGINE, FAIL_ON, JSON_LINES, LIVE, RECORD, REDACT, ROTATE, RULE, TIMEOUT } from './options.ts';

export const demo: CommandSpec = {
  name: 'demo',
  group: LIVE,
  summary: 'two real peers on a signaling server of their own play a short story',
  details:
    'You are the first peer: press r to restart ICE, v to add video, ? for all keys.\n' +
    'Without a terminal, or with --json, the story is printed and ends by itself.',
  args: [],
  options: [JSON_LINES, ALL, RECORD, ROTATE, REDACT, ENGINE, RULE, CONFIG, FAIL_ON, TIMEOUT],
  examples: [
    { command: 'renego demo', shows: 'the terminal UI' },
    {
      command: 'renego demo --json --record demo.ndjson',
      shows: 'the same as JSON lines, and a recording to look at later',
    },
  ],
  load: async () => (await import('../commands/demo.ts')).run,
};
