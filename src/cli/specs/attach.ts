import type { CommandSpec } from '../command.ts';
import { ALL, CONFIG, FAIL_ON, JSON_LINES, LIVE, RECORD, ROTATE, RULE, TIMEOUT } from './options.ts';

export const attach: CommandSpec = {
  name: 'attach',
  group: LIVE,
  summary: "watch a browser's own peer connections, WebSockets and requests",
  details:
    'Attaches to a running Chrome, Chromium or Edge (DevTools protocol) or Firefox (WebDriver BiDi) that was started with ' +
    '--remote-debugging-port, or starts one. Tells every call, event and rejection of every RTCPeerConnection from before ' +
    "a page's first script, and what goes over the wire. Nothing is installed, and nothing is changed unless asked for.\n" +
    'Actions for --do: restart-ice[:pc2], hangup[:pc2] (close), stats[:pc2], set-configuration[:pc2]:<json>, mark:<text>.',
  args: [{ name: '[endpoint]', help: 'where the browser listens; 127.0.0.1:9222 if not given' }],
  options: [
    { flags: '--launch <url>', help: 'start a browser with a profile of its own and open this page' },
    { flags: '--browser <name>', help: 'for --launch: chromium, firefox or the path of one', default: 'chromium' },
    { flags: '--headless', help: 'for --launch: without a window' },
    { flags: '--browser-arg <arg>', help: 'for --launch: an argument for the browser', repeat: true },
    RECORD,
    ROTATE,
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
      command: 'renego attach --launch https://app.example/room/1 --record call.ndjson',
      shows: 'a browser with that page, and everything its connections do',
    },
    {
      command: 'renego attach 127.0.0.1:9222 --json --do restart-ice@connected --timeout 60s',
      shows: 'the browser that listens there; restart ICE in its page once connected',
    },
  ],
  load: async () => (await import('../commands/attach.ts')).run,
};
