/** Options and arguments that several commands share. */
import type { CommandSpec, OptionSpec } from '../command.ts';

/** Headings of `renego --help`. */
export const LIVE = 'Live:';
export const FILES = 'Recordings:';
export const HELP = 'Help:';

export const JSON_LINES: OptionSpec = {
  flags: '--json',
  help: 'print events, negotiations and findings as JSON lines',
};
export const ALL: OptionSpec = {
  flags: '--all',
  help: 'text: print every event, also what merely succeeded, and every candidate',
};
export const RECORD: OptionSpec = { flags: '--record <file>', help: 'write the session to a new file as it happens' };
export const ROTATE: OptionSpec = {
  flags: '--rotate <size>',
  help: 'with --record: begin a new file after this much: 100MB, 500KB',
};
export const REDACT: OptionSpec = {
  flags: '--redact',
  help: 'with --record: stand-ins for addresses, credentials, names and tokens',
};
export const TIMEOUT: OptionSpec = { flags: '--timeout <time>', help: 'end after this time: 30s, 500ms, 2m' };
export const RULE: OptionSpec = {
  flags: '--rule <id=level>',
  help: 'set a rule to error, warning, info or off',
  repeat: true,
};
export const CONFIG: OptionSpec = { flags: '--config <file>', help: 'read settings of rules from this file' };
export const FILTER: OptionSpec = {
  flags: '--filter <text>',
  help: "only what matches: offer from:alice, 'candidate[relay] or finding:error', @saved",
};
export const FILTER_DETAILS =
  'A filter is made of kinds (offer, answer, candidate, description, …), fields (from:, mid:, codec:, ice:restart, ' +
  'finding:error, time>2s, text:, …), what stands in brackets behind a kind (candidate[relay]), words of a row; ' +
  'and, or, not and parentheses.\n' +
  '@name is a filter of "filters" in a config file. The README has all fields.';
export const FAIL_ON: OptionSpec = {
  flags: '--fail-on <level>',
  help: 'lowest level of a finding that makes the exit code 1',
  choices: ['error', 'warning', 'never'],
};
export const ENGINE: OptionSpec = { flags: '--engine <name>', help: 'WebRTC stack to use', default: 'wrtc' };
export const ANY_PROTOCOL: OptionSpec = {
  flags: '--protocol <name|file>',
  help: 'a name that renego protocols lists, or a template or module of your own',
  default: 'auto',
};
export const PROTOCOL: OptionSpec = {
  flags: '--protocol <name>',
  help: 'signaling protocol: mdn or perfect-negotiation',
  default: 'auto',
};

export const SESSION_ARG: CommandSpec['args'][number] = {
  name: '<session>',
  help: 'recording, transcript, frames or SDP text; - for standard input',
};
