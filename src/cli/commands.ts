/** The commands: one row each. The code of a command is imported only when it runs. */
import type { CommandSpec, OptionSpec } from './command.ts';

const LIVE = 'Live:';
const FILES = 'Recordings:';

const JSON_LINES: OptionSpec = { flags: '--json', help: 'print events, negotiations and findings as JSON lines' };
const ALL: OptionSpec = {
  flags: '--all',
  help: 'text: print every event, also what merely succeeded, and every candidate',
};
const RECORD: OptionSpec = { flags: '--record <file>', help: 'write the session to a new file as it happens' };
const TIMEOUT: OptionSpec = { flags: '--timeout <time>', help: 'end after this time: 30s, 500ms, 2m' };
const RULE: OptionSpec = {
  flags: '--rule <id=level>',
  help: 'set a rule to error, warning, info or off',
  repeat: true,
};
const CONFIG: OptionSpec = { flags: '--config <file>', help: 'read settings of rules from this file' };
const FAIL_ON: OptionSpec = {
  flags: '--fail-on <level>',
  help: 'lowest level of a finding that makes the exit code 1',
  choices: ['error', 'warning', 'never'],
};
const ENGINE: OptionSpec = { flags: '--engine <name>', help: 'WebRTC stack to use', default: 'wrtc' };
const PROTOCOL: OptionSpec = {
  flags: '--protocol <name>',
  help: 'signaling protocol: mdn or perfect-negotiation',
  default: 'auto',
};

const demo: CommandSpec = {
  name: 'demo',
  group: LIVE,
  summary: 'two real peers on a signaling server of their own play a short story',
  details:
    'You are the first peer: press r to restart ICE, v to add video, ? for all keys.\n' +
    'Without a terminal, or with --json, the story is printed and ends by itself.',
  args: [],
  options: [JSON_LINES, ALL, RECORD, ENGINE, RULE, CONFIG, FAIL_ON, TIMEOUT],
  examples: [
    { command: 'renego demo', shows: 'the terminal UI' },
    {
      command: 'renego demo --json --record demo.ndjson',
      shows: 'the same as JSON lines, and a recording to look at later',
    },
  ],
  load: async () => (await import('./commands/demo.ts')).run,
};

const connect: CommandSpec = {
  name: 'connect',
  group: LIVE,
  summary: 'join a signaling server as a real peer',
  details:
    'Actions for --do: call, restart-ice[:createOffer], offer, add-audio, add-video, add-data, stop[:mid],\n' +
    'direction[:value], rollback, hangup, mark:<text>, send:<raw>. Triggers: a state (connected, stable, …), an offer\n' +
    'or answer of either side (offer, answer#2) or a time since the start (+3s); without one the action is done as\n' +
    'soon as it can be. When the server drops the connection, renego connects again, waiting longer every time.',
  args: [{ name: '<url>', help: 'ws:// or wss:// address of the signaling server' }],
  options: [
    PROTOCOL,
    { flags: '--room <name>', help: 'room to join' },
    { flags: '--as <name>', help: 'name to join under', default: 'renego' },
    { flags: '--to <name>', help: 'peer to call' },
    ENGINE,
    { flags: '--media <list>', help: 'media to offer: any of audio,video,data', default: 'audio,data' },
    { flags: '--call', help: 'call as soon as there is someone to call' },
    { flags: '--answer-only', help: 'never offer, only answer' },
    { flags: '--polite', help: 'give way when offers cross' },
    { flags: '--impolite', help: 'insist when offers cross' },
    { flags: '--ice-server <url>', help: 'stun: or turn: server, as turn:user:password@host:port', repeat: true },
    { flags: '--relay-only', help: 'use relayed candidates only' },
    { flags: '--header <line>', help: 'HTTP header for the handshake, as "Name: value"', repeat: true },
    { flags: '--subprotocol <name>', help: 'WebSocket subprotocol to ask for', repeat: true },
    { flags: '--insecure', help: 'accept any TLS certificate' },
    { flags: '--no-reconnect', help: 'end when the server drops the connection' },
    RECORD,
    JSON_LINES,
    ALL,
    { flags: '--do <action[@trigger]>', help: 'do something by itself', repeat: true },
    { flags: '--exit-when <state>', help: 'end when this state is reached and everything of --do is done' },
    RULE,
    CONFIG,
    FAIL_ON,
    TIMEOUT,
  ],
  examples: [
    {
      command: 'renego connect ws://127.0.0.1:8080/ --call',
      shows: 'call whoever is there, and watch in the terminal UI',
    },
    {
      command:
        'renego connect ws://127.0.0.1:8080/ --call --json --do restart-ice@connected --exit-when connected --timeout 20s',
      shows: 'in CI: restart ICE once connected; exit 0 when it is connected again, 1 after 20 seconds',
    },
  ],
  load: async () => (await import('./commands/connect.ts')).run,
};

const serve: CommandSpec = {
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
  load: async () => (await import('./commands/serve.ts')).run,
};

const SESSION_ARG = { name: '<session>', help: 'recording, transcript, frames or SDP text; - for standard input' };

const view: CommandSpec = {
  name: 'view',
  group: FILES,
  summary: 'look at a recording in the terminal UI',
  args: [SESSION_ARG],
  options: [RULE, CONFIG],
  examples: [
    { command: 'renego view demo.ndjson', shows: 'the ladder, with the changes of each offer' },
    { command: 'renego view demo.ndjson#12', shows: 'the same, with event 12 selected' },
  ],
  load: async () => (await import('./commands/view.ts')).run,
};

const show: CommandSpec = {
  name: 'show',
  group: FILES,
  summary: 'print a recording as a ladder',
  args: [SESSION_ARG],
  options: [
    { flags: '--json', help: 'print events, negotiations, findings and ledgers as one JSON object' },
    ALL,
    { flags: '--filter <text>', help: 'only events that match: words of a label, a party, a kind' },
    RULE,
    CONFIG,
  ],
  examples: [
    { command: 'renego show demo.ndjson', shows: 'who sent what when, what each offer changed, and what is wrong' },
    { command: 'renego show demo.ndjson --json', shows: 'the same for a program' },
    { command: 'renego demo --json | renego show - --filter offer', shows: 'only the offers' },
  ],
  load: async () => (await import('./commands/show.ts')).run,
};

const diff: CommandSpec = {
  name: 'diff',
  group: FILES,
  summary: 'say what changed between two descriptions',
  details:
    'Two sources: <a> <b>, each an SDP file or an event of a session (demo.ndjson#12).\n' +
    'One session: event n against event m; n alone against what it follows; neither: every round in turn, with\n' +
    'what it settled or changed for the call.\n' +
    'Exit code 0 if nothing differs, 1 if something does.',
  args: [
    { name: '<a>', help: 'SDP text, a session, or one event of it (<session>#N)' },
    { name: '[b]', help: 'what to compare with: another source, or the number of an event in <a>' },
    { name: '[m]', help: 'number of the second event in <a>' },
  ],
  options: [
    { flags: '--json', help: 'print one JSON object' },
    { flags: '--raw', help: 'compare line by line, without meaning' },
    { flags: '--agreement', help: 'compare an offer with its answer: what both settled on' },
    { flags: '--markdown', help: 'print Markdown, for an issue or a review' },
  ],
  examples: [
    { command: 'renego diff before.sdp after.sdp', shows: 'what changed, in sentences' },
    { command: 'renego diff demo.ndjson', shows: 'what every offer and answer of a recording changed' },
    { command: 'renego diff demo.ndjson#12 other.sdp --json', shows: 'event 12 against a file, for a program' },
  ],
  load: async () => (await import('./commands/diff.ts')).run,
};

const check: CommandSpec = {
  name: 'check',
  group: FILES,
  summary: 'find what breaks the rules of negotiation',
  details:
    'Exit code 1 if a finding reaches the level of --fail-on (error), 4 if a file cannot be read; the others are checked\n' +
    'all the same. Rules are set by --rule, then --config or renego.config.json here, then renego/config.json of the user.',
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
    RULE,
    { flags: '--as <types>', help: 'the files are descriptions, sent in this order: offer,answer,…' },
    CONFIG,
  ],
  examples: [
    { command: 'renego check demo.ndjson', shows: 'what is wrong, why, what browsers will say, and what to do' },
    { command: 'renego check --as offer,answer offer.sdp answer.sdp', shows: 'two SDP files as one negotiation' },
    { command: 'renego check *.ndjson --format junit --fail-on warning > report.xml', shows: 'a report for CI' },
  ],
  load: async () => (await import('./commands/check.ts')).run,
};

const explain: CommandSpec = {
  name: 'explain',
  group: FILES,
  summary: 'print the text, sources and examples of a rule',
  args: [{ name: '[rule]', help: 'id of the rule; without it all rules are listed' }],
  options: [{ flags: '--full', help: 'print the descriptions in the examples whole' }],
  examples: [
    { command: 'renego explain', shows: 'all rules, one line each' },
    { command: 'renego explain answer-mline-mismatch', shows: 'one rule with its examples' },
  ],
  load: async () => (await import('./commands/explain.ts')).run,
};

export const COMMANDS: readonly CommandSpec[] = [demo, connect, serve, view, show, diff, check, explain];
