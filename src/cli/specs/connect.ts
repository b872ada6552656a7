import type { CommandSpec } from '../command.ts';
import {
  ALL,
  ANY_PROTOCOL,
  CONFIG,
  ENGINE,
  FAIL_ON,
  JSON_LINES,
  LIVE,
  RECORD,
  REDACT,
  ROTATE,
  RULE,
  TIMEOUT,
} from './options.ts';

export const connect: CommandSpec = {
  name: 'connect',
  group: LIVE,
  summary: 'join a signaling server as a real peer',
  details:
    'Actions for --do: call, restart-ice[:createOffer], offer, add-audio, add-video, add-data, stop[:mid], ' +
    'direction[:value], rollback, hangup, mark:<text>, send:<raw>.\n' +
    'Triggers: a state (connected, stable, …), an offer ' +
    'or answer of either side (offer, answer#2) or a time since the start (+3s); without one the action is done as ' +
    'soon as it can be.\n' +
    'When the server drops the connection, renego connects again, waiting longer every time.',
  args: [
    {
      name: '<url>',
      help: 'ws:// or wss:// address of the signaling server, http:// or https:// where requests carry it, - for copy and paste',
    },
  ],
  options: [
    ANY_PROTOCOL,
    { flags: '--param <name=value>', help: 'a setting of the protocol', repeat: true },
    { flags: '--room <name>', help: 'room to join' },
    { flags: '--as <name>', help: 'name to join under', default: 'renego' },
    { flags: '--to <name>', help: 'peer to call' },
    ENGINE,
    { flags: '--media <list>', help: 'media to offer: any of audio,video,data (default: what suits the protocol)' },
    { flags: '--call', help: 'call as soon as there is someone to call' },
    { flags: '--answer-only', help: 'never offer, only answer' },
    { flags: '--polite', help: 'give way when offers cross' },
    { flags: '--impolite', help: 'insist when offers cross' },
    { flags: '--ice-server <url>', help: 'stun: or turn: server, as turn:user:password@host:port', repeat: true },
    { flags: '--relay-only', help: 'use relayed candidates only' },
    { flags: '--header <line>', help: 'HTTP header for handshake and requests, as "Name: value"', repeat: true },
    { flags: '--subprotocol <name>', help: 'WebSocket subprotocol to ask for', repeat: true },
    { flags: '--insecure', help: 'accept any TLS certificate' },
    { flags: '--no-reconnect', help: 'end when the server drops the connection' },
    RECORD,
    ROTATE,
    REDACT,
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
  load: async () => (await import('../commands/connect.ts')).run,
};
