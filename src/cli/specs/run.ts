import type { CommandSpec } from '../command.ts';
import { CONFIG, ENGINE, LIVE, RECORD, REDACT, RULE } from './options.ts';

export const run: CommandSpec = {
  name: 'run',
  group: LIVE,
  summary: 'play scenarios: real peers, faults, expectations',
  details:
    'A scenario is YAML, or a module with defineScenario: peers, steps and expectations. Each step has its own patience; a failure shows the ladder around it.\n' +
    'The result is printed as TAP. Exit code 0 if everything holds, 1 if not.',
  args: [{ name: '<scenario...>', help: 'YAML files or modules; - for standard input' }],
  options: [
    { flags: '--tag <tag>', help: 'only scenarios with this tag', repeat: true },
    { flags: '--json', help: 'print one JSON object a scenario' },
    { flags: '--junit <file>', help: 'write the results as JUnit XML' },
    { flags: '--github', help: 'also print annotations for GitHub Actions' },
    ENGINE,
    RECORD,
    REDACT,
    RULE,
    CONFIG,
  ],
  examples: [
    { command: 'renego run restart.yaml', shows: 'one scenario, a line a step' },
    {
      command: 'renego run smoke.yaml glare.yaml --tag ci --junit results.xml --github',
      shows: 'in CI, those with the tag ci',
    },
  ],
  load: async () => (await import('../commands/run.ts')).run,
};
