import type { CommandSpec } from '../command.ts';
import { ALL, ANY_PROTOCOL, CONFIG, FAIL_ON, JSON_LINES, LIVE, RECORD, ROTATE, RULE, TIMEOUT } from './options.ts';

export const proxy: CommandSpec = {
  name: 'proxy',
  group: LIVE,
  summary: 'watch an app and its signaling server from in between, and step in',
  details:
    'Put the address it prints into the app instead of the server. Everything passes as it came, WebSocket and HTTP; ' +
    "only the server's own name is changed: in headers (Host, Origin, Location, cookies, …), and where JSON, a page or a " +
    'script has its address in quotes (--no-rewrite).\n' +
    'Rules, for messages over WebSocket and HTTP: --on <which>, then: --hold, --drop, --duplicate, --delay, --reorder, --edit. Which: offer, ' +
    'answer, candidate[relay], candidate[mid=0], description[c2s], message["text"], s2c, from=app-2 and so on; all must fit.\n' +
    '--hold <which> alone holds for you: in the terminal UI let it go, edit it, drop it or send it twice. What nobody ' +
    'lets go of goes by itself after --hold-time.',
  args: [{ name: '<url>', help: 'ws://, wss://, http:// or https:// address of the server' }],
  options: [
    {
      flags: '--listen <address>',
      help: 'host:port to listen on; port 0 takes a free one',
      default: '127.0.0.1:8088',
    },
    { flags: '--tls', help: 'serve https and wss, with a certificate made on the spot' },
    { flags: '--insecure', help: "accept any TLS certificate of the server's" },
    { flags: '--no-rewrite', help: "leave the server's own address in JSON, pages and scripts as it is" },
    ANY_PROTOCOL,
    { flags: '--on <which>', help: 'a rule for these messages; what follows says what is done', ordered: true },
    { flags: '--hold [which]', help: 'hold them', ordered: true },
    { flags: '--drop', help: 'do not send them on', ordered: true },
    { flags: '--duplicate', help: 'send them twice', ordered: true },
    { flags: '--delay <time>', help: 'send them later, and what is behind them too', ordered: true },
    { flags: '--reorder <time>', help: 'send them later, after what is behind them', ordered: true },
    {
      flags: '--edit <script>',
      help: 'change their SDP, candidate or text: s/old/new/g, or @file to replace it',
      ordered: true,
    },
    {
      flags: '--do <action[@trigger]>',
      help: 'do by itself what a key does: restart-ice@answer, offer@+3s',
      repeat: true,
    },
    { flags: '--hold-time <time>', help: 'how long a message is held if nobody acts', default: '60s' },
    RECORD,
    ROTATE,
    JSON_LINES,
    ALL,
    RULE,
    CONFIG,
    FAIL_ON,
    TIMEOUT,
  ],
  examples: [
    {
      command: 'renego proxy wss://example.org/signal',
      shows: 'watch; the app connects to ws://127.0.0.1:8088/signal',
    },
    {
      command: "renego proxy ws://127.0.0.1:8080/ --on answer --delay 2s --on 'candidate[relay]' --drop",
      shows: 'answers come two seconds later, relayed candidates never',
    },
    {
      command: "renego proxy ws://127.0.0.1:8080/ --on 'offer[c2s]' --edit 's/a=setup:actpass/a=setup:active/g'",
      shows: 'what happens if the offer says something else',
    },
  ],
  load: async () => (await import('../commands/proxy.ts')).run,
};
