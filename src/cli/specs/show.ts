import type { CommandSpec } from '../command.ts';
import { ALL, CONFIG, FILES, FILTER, FILTER_DETAILS, RULE, SESSION_ARG } from './options.ts';

export const show: CommandSpec = {
  name: 'show',
  group: FILES,
  summary: 'print recordings as ladders',
  args: [{ ...SESSION_ARG, name: '<session...>' }],
  options: [
    { flags: '--json', help: 'print events, negotiations, findings and ledgers as one JSON object' },
    { flags: '--markdown', help: 'print a report for an issue: findings, ladder, rounds, descriptions' },
    { flags: '--mermaid', help: 'print a Mermaid sequence diagram' },
    { flags: '--html <file>', help: 'write a report as one page: ladder, changes, findings, search' },
    { flags: '--redact', help: 'replace addresses, credentials, names and tokens by stand-ins' },
    ALL,
    FILTER,
    RULE,
    CONFIG,
  ],
  details: `Several come one after the other: a heading and a ladder each, or with --json one object a line.\n${FILTER_DETAILS}`,
  examples: [
    { command: 'renego show demo.ndjson', shows: 'who sent what when, what each offer changed, and what is wrong' },
    { command: 'renego show demo.ndjson --json', shows: 'the same for a program' },
    { command: 'renego show *.ndjson --filter finding:error', shows: 'where each of them went wrong' },
    { command: 'renego demo --json | renego show - --filter offer', shows: 'only the offers' },
  ],
  load: async () => (await import('../commands/show.ts')).run,
};
