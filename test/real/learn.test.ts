/** Learn mode: a call between two pages on a home-made server is recorded; with the template of it renego joins that server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from './foreign.ts';
import { carries, isState, type Line, linesOf, ufragOf } from './lines.ts';
import { startOddRoom } from './odd-room.ts';
import { answered, holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';
import { proxyOf } from './proxied.ts';
import { ROOM_PAGE, roomServer, type SocketServer, servers, site } from './socket-io.ts';

withParts(['chromium', 'wrtc', 'servers'], 'renego learn', () => {
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

  /** The template of a recording, as a file. */
  async function learn(recording: string, name: string): Promise<string> {
    const learned = start(['learn', recording]);
    expect(await learned.ended(), learned.stderr()).toBe(0);
    const path = join(folder, name);
    writeFileSync(path, learned.stdout());
    return path;
  }

  function connect(url: string, protocol: string, ...flags: string[]) {
    const argv = ['connect', url, '--protocol', protocol, '--room', 'lobby', '--json', '--timeout', '120s', ...flags];
    const running = start(argv);
    open.push({ close: () => running.child.kill('SIGKILL') });
    return { running, lines: linesOf(running) };
  }

  const restarted = (line: Line): boolean =>
    line.kind === 'negotiation' && line.cause === 'ice-restart' && line.state === 'complete';
  const connected = "pc && pc.connectionState === 'connected'";

  test('odd JSON: joins, is called, talks, restarts ICE, hangs up', async () => {
    const room = await startOddRoom();
    open.push(room);
    const first = await visit(room.url);
    const second = await visit(room.url);
    for (const page of [first, second]) await holds(page, connected);
    await second.evaluate('hangUp(me - 1)');
    await holds(first, 'hungUp');
    const recording = join(folder, 'odd.ndjson');
    writeFileSync(recording, room.capture());
    for (const page of [first, second]) await page.close();

    const template = await learn(recording, 'odd.yaml');
    const page = await visit(room.url);
    const url = room.url.replace('http', 'ws');
    const { running, lines } = connect(url, template, '--do', 'restart-ice@data=open');
    await lines.until('an open channel', isState('data', 'open'));
    await page.evaluate("channel.send('hello from the page')");
    await lines.until('what the page says', (line) => JSON.stringify(line.args ?? '').includes('hello from the page'));
    await lines.until('the restart', restarted);
    const ufrag = ufragOf(lines.all.find(carries('offer', 'renego')) as Line);
    await answered(page, `(async () => (await transportOf(pc)).remote === ${JSON.stringify(ufrag)})()`);
    running.child.kill('SIGINT');
    await holds(page, 'hungUp');
    expect(await running.ended()).toBe(130);
    expect(lines.all.filter(({ kind }) => kind === 'problem')).toEqual([]);
    expect(await page.evaluate('errors')).toEqual([]);
    await page.close();

    // The same template reads what passes a proxy.
    const closers: (() => unknown)[] = [];
    const proxy = await proxyOf(closers, url, '--protocol', template);
    open.push(...closers.map((close) => ({ close })));
    const pages = [await visit(proxy.url.replace('ws', 'http')), await visit(proxy.url.replace('ws', 'http'))];
    for (const one of pages) await holds(one, connected);
    const settled = (line: Line) => line.kind === 'negotiation' && line.state === 'complete';
    expect(await proxy.lines.until('a round of both', settled)).toMatchObject({ offerer: 'app', answerer: 'app-2' });
    expect(proxy.lines.all.find(carries('answer', 'app-2'))).toMatchObject({ protocol: 'odd', to: 'app' });
  });

  test('a room on Socket.IO: what renego recorded itself is enough', async () => {
    const { url, close } = await site(
      ROOM_PAGE,
      { '/client.js': 'socket.io-client/dist/socket.io.min.js' },
      (server) => {
        const { Server } = servers('socket.io') as { Server: new (server: unknown) => SocketServer };
        const io = new Server(server);
        roomServer(io);
        return io;
      },
    );
    open.push({ close });
    const recording = join(folder, 'room.ndjson');
    const page = await visit(url);
    const first = connect(url, 'socket.io-rooms', '--record', recording);
    await first.lines.until('the first connection', isState('connection', 'connected'));
    await holds(page, connected);
    first.running.child.kill('SIGINT');
    await first.running.ended();
    await page.close();

    const template = await learn(recording, 'room.yaml');
    const again = await visit(url);
    const second = connect(url, template, '--do', 'restart-ice@connected');
    await second.lines.until('the restart', restarted);
    await answered(
      again,
      '(async () => { const now = pc && (await transportOf(pc)); return now && now.succeeded && now.sound; })()',
    );
    expect(await again.evaluate('errors')).toEqual([]);
  });
});
