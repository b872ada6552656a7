import type { CommandSpec } from '../command.ts';
import { FILES, SESSION_ARG } from './options.ts';

export const convert: CommandSpec = {
  name: 'convert',
  group: FILES,
  summary: 'write a session in another format, also without its secrets',
  details:
    'The name of <out> says the format: .ndjson (renego session), .transcript.ndjson, .har, .md, .mmd (Mermaid), .html, ' +
    '.json (as show --json), .sarif, .xml (JUnit).\n' +
    'With --redact, addresses, ICE credentials, fingerprints, tokens, ids, names ' +
    'and hosts become stand-ins: equal stays equal, so changes and findings are the same as before.',
  args: [SESSION_ARG, { name: '<out>', help: 'the file to write; - for standard output, with --to' }],
  options: [
    { flags: '--redact', help: 'replace what should not be shared' },
    { flags: '--to <format>', help: 'the format, where the name of <out> does not say it' },
    { flags: '--force', help: 'overwrite <out>' },
  ],
  examples: [
    { command: 'renego convert demo.ndjson report.html --redact', shows: 'one page to attach to a bug report' },
    { command: 'renego convert page.har - --to transcript', shows: 'what a HAR holds, one message a line' },
  ],
  load: async () => (await import('../commands/convert.ts')).run,
};
