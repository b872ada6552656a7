/** renego with RTCMultiConnection: its server, and a page with its library in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './foreign.ts';
import { carries, isState, type Line, linesOf, signalsOf, ufragOf } from './lines.ts';
import { answered } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';
import { PAGE_HELPERS, type SocketServer, servers, site } from './socket-io.ts';

const scripts = (library: string): Readonly<Record<string, string>> => ({
  '/client.js': 'socket.io-client/dist/socket.io.js',
  '/library.js': library,
});
const page = (code: string): string =>
  `<!doctype html><title>page</title><script src="/client.js"></script><script src="/library.js"></script><script>
  ${PAGE_HELPERS}
  const heard = [];
  ${code}
</script>`;

const RTC_MULTI_CONNECTION = page(`
  const connection = new RTCMultiConnection();
  connection.enableLogs = false;
  connection.socketURL = location.origin + '/';
  connection.userid = 'page';
  connection.iceServers = [];
  connection.session = { audio: true, data: true };
  connection.dontCaptureUserMedia = true;
  connection.attachStreams = [sound()];
  connection.onopen = () => connection.send('hello from the page');
  connection.onleave = ({ userid }) => heard.push('left ' + userid);
  const pcOf = () => connection.peers['renego']?.peer;
  const joined = new Promise((resolve) => connection.open('lobby', resolve));`);

interface RtcMultiConnectionServer {
  addSocket(socket: unknown, config: object): void;
}
const CASES = [
  {
    protocol: 'rtcmulticonnection',
    room: 'lobby',
    html: RTC_MULTI_CONNECTION,
    library: 'rtcmulticonnection/dist/RTCMultiConnection.js',
    sound: true,
    attach(io: SocketServer) {
      const { addSocket } = servers('rtcmulticonnection-server') as RtcMultiConnectionServer;
      io.on('connection', (socket) => addSocket(socket, {}));
    },
  },
];

withParts(['chromium', 'wrtc', 'servers'], 'frameworks on Socket.IO', () => {
  let browser: Browser;
  let folder = '';
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
    browser = await launch();
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visit(url: string): Promise<Page> {
    const one = await browser.newPage();
    open.push(one);
    one.setDefaultTimeout(60_000);
    await one.goto(url);
    await one.evaluate('joined');
    return one;
  }

  test.each(CASES)('$protocol: joins, is called, talks, restarts ICE, hangs up', async (one) => {
    const served = await site(one.html, scripts(one.library), (server) => {
      const { Server } = servers('socket.io') as { Server: new (server: unknown) => SocketServer };
      const io = new Server(server);
      one.attach(io);
      return io;
    });
    open.push(served);
    const visited = await visit(served.url);
    const record = join(folder, `${one.protocol}.ndjson`);
    const argv = ['connect', served.url, '--protocol', one.protocol, '--room', one.room, '--json', '--timeout', '120s'];
    const running = start([...argv, '--record', record, '--do', 'restart-ice@data=open']);
    open.push({ close: () => running.child.kill('SIGKILL') });
    const lines = linesOf(running);
    await lines.until('what the page says', (line) => JSON.stringify(line.args ?? '').includes('hello from the page'));
    const restarted = (line: Line): boolean => line.kind === 'negotiation' && line.cause === 'ice-restart';
    await lines.until('the restart', (line) => restarted(line) && line.state === 'complete');
    const ufrag = ufragOf(lines.all.find(carries('offer', 'renego')) as Line);
    await answered(
      visited,
      `(async () => {
      const now = pcOf() && (await transportOf(pcOf()));
      return now && now.succeeded && now.remote === ${JSON.stringify(ufrag)};
    })()`,
    );
    if (one.sound) await lines.until("the page's sound", isState('media', /^audio \S+ flows$/));

    running.child.kill('SIGINT');
    expect(await running.ended()).toBe(130);
    await visited.waitForFunction("heard.some((text) => text.startsWith('left '))");
    expect(await visited.evaluate('errors')).toEqual([]);
    expect(lines.all.filter(({ kind }) => kind === 'problem')).toEqual([]);
    const shown = start(['show', record, '--json']);
    expect(await shown.ended()).toBe(0);
    const { events } = JSON.parse(shown.stdout()) as { events: Line[] };
    const said = events.flatMap((line) => {
      return signalsOf(line).map(({ type }) => `${type} ${line.from === 'renego' ? 'out' : 'in'}`);
    });
    const all = ['offer in', 'answer out', 'candidate in', 'candidate out', 'offer out', 'answer in', 'bye out'];
    expect(said).toEqual(expect.arrayContaining(all));
  });
});
