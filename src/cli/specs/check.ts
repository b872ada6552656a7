import type { CommandSpec } from '../command.ts';
import { CONFIG, FAIL_ON, FILES, FILTER, RULE } from './options.ts';

export const check: CommandSpec = {
  name: 'check',
  group: FILES,
  summary: 'find what breaks the rules of negotiation',
  details:
    'Exit code 1 if a finding reaches the level of --fail-on (error), 4 if a file cannot be read; the others are checked ' +
    'all the same.\n' +
    'With --filter only findings at matching events count.\n' +
    'Rules are set by --rule, then --config or renego.config.json here, then renego/config.json of the user.',
  args: [{ name: '<session...>', help: 'recordings, transcripts, frames or SDP text; - for standard input' }],
  options: [
    {
      flags: '--format <name>',
      help: 'how to print findings',
      default: 'text',
      choices: ['text', 'json', 'sarif', 'junit', 'github'],
    },
    { flags: '--json', help: 'the same as --format json' },
    FAIL_ON,
    FILTER,
    RULE,
    {
      flags: '--golden <file>',
      help: 'compare the meaning with this recording: what is not as it was counts as an error',
    },
    { flags: '--as <types>', help: 'the files are descriptions, sent in this order: offer,answer,…' },
    CONFIG,
  ],
  examples: [
    { command: 'renego check demo.ndjson', shows: 'what is wrong, why, what browsers will say, and what to do' },
    { command: 'renego check --as offer,answer offer.sdp answer.sdp', shows: 'two SDP files as one negotiation' },
    {
      command: 'renego check new.ndjson --golden good.ndjson',
      shows: 'what a later recording of the same call does differently',
    },
    { command: 'renego check *.ndjson --format junit --fail-on warning > report.xml', shows: 'a report for CI' },
  ],
  load: async () => (await import('../commands/check.ts')).run,
};
