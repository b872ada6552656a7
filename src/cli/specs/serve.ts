import type { CommandSpec } from '../command.ts';
import { ALL, CONFIG, ENGINE, FAIL_ON, JSON_LINES, LIVE, PROTOCOL, RECORD, REDACT, RULE, TIMEOUT } from './options.ts';

export const serve: CommandSpec = {
  name: 'serve',
  group: LIVE,
  summary: 'run the embedded signaling server, with a page for browsers to join',
  args: [],
  options: [
    { flags: '--listen <address>', help: 'host:port to listen on; port 0 takes a free one', default: '127.0.0.1:8080' },
    PROTOCOL,
    { flags: '--echo', help: 'add a peer that answers everyone' },
    ENGINE,
    RECORD,
    REDACT,
    JSON_LINES,
    ALL,
    RULE,
    CONFIG,
    FAIL_ON,
    TIMEOUT,
  ],
  examples: [
    { command: 'renego serve', shows: 'open the printed page in two browser windows' },
    {
      command: 'renego serve --echo --listen 127.0.0.1:0',
      shows: 'a server on a free port where somebody always answers',
    },
  ],
  load: async () => (await import('../commands/serve.ts')).run,
};
