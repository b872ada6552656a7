/** renego in rooms of Socket.IO 2 and 4, with pages that use the client of that version, in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './foreign.ts';
import { carries, isState, type Line, type Lines, linesOf, signalsOf } from './lines.ts';
import { answered, holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';
import {
  CODELAB_PAGE,
  codelabServer,
  ROOM_PAGE,
  roomServer,
  type Site,
  type SocketServer,
  servers,
  site,
} from './socket-io.ts';

type Attach = (io: SocketServer) => void;
const VERSIONS = {
  'Socket.IO 4': (html: string, attach: Attach): Promise<Site> =>
    site(html, { '/client.js': 'socket.io-client/dist/socket.io.min.js' }, (server) => {
      const { Server } = servers('socket.io') as { Server: new (server: unknown) => SocketServer };
      const io = new Server(server);
      attach(io);
      return io;
    }),
  'Socket.IO 2': (html: string, attach: Attach): Promise<Site> =>
    site(html, { '/client.js': 'socket.io-client-v2/dist/socket.io.js' }, (server) => {
      const io = (servers('socket.io-v2') as (server: unknown) => SocketServer)(server);
      attach(io);
      return io;
    }),
};

withParts(['chromium', 'wrtc', 'servers'], 'rooms on Socket.IO', () => {
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
    const page = await browser.newPage();
    open.push(page);
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    await page.evaluate('joined');
    return page;
  }

  /** The page's transport is like this. */
  const transport = (page: Page, until: string): Promise<void> =>
    answered(page, `(async () => { const now = pc && (await transportOf(pc)); return now && (${until}); })()`);

  function connect(
    url: string,
    ...flags: string[]
  ): { lines: Lines; ended(): Promise<number | string>; interrupt(): void } {
    const argv = ['connect', url, '--room', 'lobby', '--json', '--timeout', '120s', ...flags];
    const running = start(argv);
    open.push({ close: () => running.child.kill('SIGKILL') });
    return {
      lines: linesOf(running),
      ended: () => running.ended(),
      interrupt: () => void running.child.kill('SIGINT'),
    };
  }

  async function signalsIn(path: string): Promise<readonly Line[]> {
    const shown = start(['show', path, '--json']);
    expect(await shown.ended()).toBe(0);
    const { events, findings } = JSON.parse(shown.stdout()) as { events: Line[]; findings: { severity: string }[] };
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    return events.filter(({ kind }) => kind === 'message');
  }

  const CASES = [
    { system: 'Socket.IO 4', protocol: 'socket.io-rooms', html: ROOM_PAGE, attach: roomServer, bye: false },
    { system: 'Socket.IO 2', protocol: 'socket.io-rooms', html: ROOM_PAGE, attach: roomServer, bye: false },
    { system: 'Socket.IO 2', protocol: 'codelab', html: CODELAB_PAGE, attach: codelabServer, bye: true },
    { system: 'Socket.IO 4', protocol: 'socket.io', html: ROOM_PAGE, attach: roomServer, bye: false },
    // Neither address nor greeting tell more than that it is Socket.IO; the room answers only who joins in its way.
    { system: 'Socket.IO 2', protocol: 'auto', html: CODELAB_PAGE, attach: codelabServer, bye: true },
  ] as const;

  test.each(CASES)('$protocol on $system: joins, is called, talks, restarts ICE, hangs up', async (one) => {
    const { url, close } = await VERSIONS[one.system](one.html, one.attach);
    open.push({ close });
    const page = await visit(url);
    const record = join(folder, `${one.protocol}-${one.system}.ndjson`);
    const doing = ['--do', 'restart-ice@data=open', '--record', record];
    const address = one.protocol === 'auto' ? `${url.replace('http', 'ws')}socket.io/` : url;
    const { lines, ended, interrupt } = connect(address, '--protocol', one.protocol, ...doing);
    await lines.until('an open channel', isState('data', 'open'));
    await page.evaluate("channel.send('hello from the page')");
    await lines.until('what the page says', (line) => JSON.stringify(line.args ?? '').includes('hello from the page'));
    const offers = lines.all.filter(
      (line) => line.kind === 'message' && signalsOf(line).some(({ type }) => type === 'offer'),
    );
    expect(offers[0]?.from).not.toBe('renego');

    await lines.until(
      'the restart',
      (line) => line.kind === 'negotiation' && line.cause === 'ice-restart' && line.state === 'complete',
    );
    const offer = lines.all.find(carries('offer', 'renego'));
    const [, ufrag] = /a=ice-ufrag:(\S+)/.exec(signalsOf(offer as Line).find(({ sdp }) => sdp)?.sdp ?? '') ?? [];
    await transport(page, `now.succeeded && now.sound && now.remote === ${JSON.stringify(ufrag)}`);
    await lines.until("the page's sound", isState('media', /^audio \S+ flows$/));
    expect(await page.evaluate('errors')).toEqual([]);

    interrupt();
    expect(await ended()).toBe(130);
    await holds(page, "pc.connectionState === 'closed'");
    if (one.bye) expect(await page.evaluate('hungUp')).toBe(true);
    const messages = await signalsIn(record);
    const said = messages.flatMap((line) =>
      signalsOf(line).map(({ type }) => `${type} ${line.from === 'renego' ? 'out' : 'in'}`),
    );
    expect(said).toEqual(
      expect.arrayContaining(['offer in', 'answer out', 'candidate in', 'candidate out', 'offer out', 'answer in']),
    );
    if (one.bye) expect(said).toContain('bye out');
  });
});
