import type { CommandSpec } from '../command.ts';
import { ALL, CONFIG, ENGINE, FILES, JSON_LINES, RECORD, REDACT, RULE, SESSION_ARG, TIMEOUT } from './options.ts';

export const replay: CommandSpec = {
  name: 'replay',
  group: FILES,
  summary: 'play a recorded side again, to a server or to an application',
  details:
    'Each message is said when what was heard before it has been heard again, by meaning: the answer to this offer, not the ' +
    'third message.\n' +
    'Ids, transaction numbers, tokens and places that the other end hands out replace those of the recording; ' +
    'HTTP requests go where its answers lead, streams of server-sent events are opened or served, SIP has new dialogs and ' +
    'answers challenges, Socket.IO answers pings.\n' +
    'At the end recorded and replayed descriptions stand side by side, with what ' +
    'differs; at another speed than 1, or by hand, pauses are judged as long as they were.\n' +
    'The candidates of a far side that is played are the recorded ones, so ICE finds nobody there: --live is for that. ' +
    'A recording may be of any length.\n' +
    'Exit code 0 if nothing differs, 1 ' +
    'if something does.',
  args: [SESSION_ARG],
  options: [
    {
      flags: '--to <url>',
      help: 'play the client to this server; path and query of the recording are kept where it has none',
    },
    {
      flags: '--listen <address>',
      help: 'play the server to applications that connect to host:port; port 0 takes a free one',
    },
    {
      flags: '--live',
      help: 'real engines do again what the sides wanted, with credentials of their own: to each other, or --to a server',
    },
    { flags: '--side <name>', help: 'play only the connection of this client', repeat: true },
    {
      flags: '--speed <factor>',
      help: '1 is the recorded pace, 2 twice as fast, max as fast as answers come',
      default: '1',
    },
    { flags: '--step', help: 'say the next message by the key . or, without a screen, by a line of standard input' },
    { flags: '--patience <time>', help: 'how long an offer, answer or goodbye may take to come', default: '10s' },
    {
      flags: '--linger <time>',
      help: 'with --listen: at the end stay until all have left, or nobody has negotiated for so long (2s)',
    },
    { flags: '--expect <file>', help: 'compare with this recording instead' },
    { flags: '--junit <file>', help: 'write the verdict as JUnit XML' },
    { flags: '--header <line>', help: 'HTTP header for the handshake, as "Name: value"', repeat: true },
    { flags: '--subprotocol <name>', help: 'WebSocket subprotocol to ask for', repeat: true },
    {
      flags: '--password <password>',
      help: 'answer challenges (SIP) with it, or with user=password; else with RENEGO_PASSWORD of the environment',
      repeat: true,
    },
    { flags: '--insecure', help: 'accept any TLS certificate' },
    ENGINE,
    RECORD,
    REDACT,
    JSON_LINES,
    ALL,
    RULE,
    CONFIG,
    TIMEOUT,
  ],
  examples: [
    {
      command: 'renego replay dump.json --live',
      shows: 'the call of a dump done again by two real peers: they connect, or it is said what differs',
    },
    {
      command: 'renego replay call.ndjson --to ws://127.0.0.1:8080/ --speed max',
      shows: 'the same messages to a server, as fast as it answers',
    },
    {
      command: 'renego replay call.ndjson --listen 127.0.0.1:9000 --junit verdict.xml',
      shows: 'the far side for an application under test, in CI',
    },
  ],
  load: async () => (await import('../commands/replay.ts')).run,
};
