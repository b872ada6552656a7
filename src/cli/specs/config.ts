import type { CommandSpec } from '../command.ts';
import { CONFIG, HELP } from './options.ts';

export const config: CommandSpec = {
  name: 'config',
  group: HELP,
  summary: 'show every setting, its value and where it comes from',
  details:
    'Settings come from renego/config.json of the user ($XDG_CONFIG_HOME or ~/.config; on Windows %APPDATA%), over it renego.config.json of the ' +
    'project (in the working folder or the nearest above it; or --config, or RENEGO_CONFIG), over them variables ' +
    '(RENEGO_THEME, …), over them options. The README says what can be set.',
  args: [],
  options: [
    { flags: '--keys', help: 'list what keys do, by the names that the setting "keys" takes' },
    { flags: '--json', help: 'print it as one JSON object' },
    CONFIG,
  ],
  examples: [
    { command: 'renego config', shows: 'what is set, and by which file or variable' },
    { command: 'renego config --keys', shows: 'every action of the screen, its name and its keys, with conflicts' },
  ],
  load: async () => (await import('../commands/config.ts')).run,
};
