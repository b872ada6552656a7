import type { CommandSpec } from '../command.ts';
import { FILES } from './options.ts';

export const explain: CommandSpec = {
  name: 'explain',
  group: FILES,
  summary: 'print the text, sources and examples of a rule',
  args: [{ name: '[rule]', help: 'id of the rule; without it all rules are listed' }],
  options: [{ flags: '--full', help: 'print the descriptions in the examples whole' }],
  examples: [
    { command: 'renego explain', shows: 'all rules, one line each' },
    { command: 'renego explain answer-mline-mismatch', shows: 'one rule with its examples' },
  ],
  load: async () => (await import('../commands/explain.ts')).run,
};
