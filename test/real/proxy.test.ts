/** Apps and servers of others with renego in between: they do what they do without it, and all of it is seen. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type JanusServer, startJanus } from './janus.ts';
import { isLink, isState, type Line, linesOf, signalsOf } from './lines.ts';
import { requirePart, withParts } from './parts.ts';
import { start } from './process.ts';
import { proxyOf } from './proxied.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const types = (lines: readonly Line[]): string[] =>
  lines.flatMap((line) => (line.kind === 'message' ? signalsOf(line).map(({ type }) => type) : []));
const errors = (lines: readonly Line[]) =>
  lines.filter((line) => line.kind === 'problem' || (line.kind === 'finding' && line.severity === 'error'));
const has = (type: string) => (line: Line) =>
  line.kind === 'message' && signalsOf(line).some((signal) => signal.type === type);

const servers = (name: string): unknown =>
  createRequire(join(import.meta.dirname, '../servers/package.json'))(name) as unknown;
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

interface PeerPackage {
  PeerServer(options: { port: number; host: string; path: string }, ready: (server: Server) => void): unknown;
}

withParts(['chromium', 'servers'], 'an app in Chromium on a PeerServer', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: requirePart('chromium'), args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  async function visit(url: string, name: string): Promise<Page> {
    const page = await browser.newPage();
    closers.push(() => page.close());
    await page.goto(url.replace(/^ws/, 'http'));
    await page.addScriptTag({ path: join(import.meta.dirname, '../servers/node_modules/peerjs/dist/peerjs.min.js') });
    await page.evaluate(`new Promise((resolve, reject) => {
      const { hostname, port } = location;
      window.peer = new Peer('${name}', { host: hostname, port: Number(port), path: '/', secure: false });
      peer.on('open', resolve);
      peer.on('error', reject);
      peer.on('connection', (channel) => channel.on('data', (data) => channel.send('echo ' + data)));
    })`);
    return page;
  }

  test('calls through the proxy, and is seen with both ends', async () => {
    const server = await new Promise<Server>((resolve) => {
      (servers('peer') as PeerPackage).PeerServer({ port: 0, host: '127.0.0.1', path: '/' }, resolve);
    });
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { url, lines } = await proxyOf(closers, `ws://127.0.0.1:${portOf(server)}/`);
    await visit(url, 'alice');
    const bob = await visit(url, 'bob');
    const heard = await bob.evaluate(`new Promise((resolve) => {
      const channel = peer.connect('alice');
      channel.on('open', () => channel.send('hello'));
      channel.on('data', resolve);
    })`);
    expect(heard).toBe('echo hello');
    await lines.until('a finished negotiation', (line) => line.kind === 'negotiation' && line.state === 'complete');
    expect(lines.all.filter(isLink('open')).map(({ link }) => link)).toEqual(['app', 'app-2']);
    expect(types(lines.all).filter((type) => type === 'offer' || type === 'answer')).toEqual(['offer', 'answer']);
    expect(errors(lines.all)).toEqual([]);
  });
});

interface Emitter {
  on(event: string, listener: (...args: never[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  once(event: string, listener: () => void): void;
}
interface SocketIo {
  Server: new (http: Server) => Emitter & { close(): void };
}
interface SocketIoClient {
  io(
    url: string,
    options?: object,
  ): Emitter & { close(): void; io: { engine: Emitter & { transport: { name: string } } } };
}

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

withParts(['servers'], 'a Socket.IO server', () => {
  test('is polled first and upgraded then, and both are one client', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const io = new (servers('socket.io') as SocketIo).Server(http);
    const said: unknown[] = [];
    io.on('connection', (socket: Emitter) => {
      socket.on('signal', (message: unknown) => {
        said.push(message);
        socket.emit('signal', { answers: message });
      });
    });
    closers.push(() => io.close());
    const { url, lines } = await proxyOf(closers, `http://127.0.0.1:${portOf(http)}/`);
    const client = (servers('socket.io-client') as SocketIoClient).io(url);
    closers.push(() => client.close());
    const answers: unknown[] = [];
    client.on('signal', (message: unknown) => answers.push(message));
    await new Promise<void>((resolve) => client.once('connect', resolve));
    client.emit('signal', { type: 'offer', sdp: SDP });
    const { engine } = client.io;
    if (engine.transport.name !== 'websocket') await new Promise<void>((resolve) => engine.once('upgrade', resolve));
    client.emit('signal', { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' });
    await lines.until('the candidate', has('candidate'));
    await lines.until('the offer', has('offer'));
    while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(said).toHaveLength(2);
    const [offer, candidate] = [lines.all.find(has('offer')), lines.all.find(has('candidate'))];
    expect(offer?.from).toBe(candidate?.from);
    expect(errors(lines.all).filter(({ kind }) => kind === 'problem')).toEqual([]);
  });

  test('that is only polled gets what is edited as edited, and never what is dropped', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const io = new (servers('socket.io') as SocketIo).Server(http);
    const said: { type?: string; sdp?: string }[] = [];
    io.on('connection', (socket: Emitter) => {
      socket.on('signal', (message: { type?: string }) => {
        said.push(message);
        socket.emit('signal', message);
      });
    });
    closers.push(() => io.close());
    const rules = ['--on', 'offer c2s', '--edit', 's/^s=-$/s=edited/', '--on', 'candidate', '--drop'];
    const { url } = await proxyOf(closers, `http://127.0.0.1:${portOf(http)}/`, ...rules);
    const client = (servers('socket.io-client') as SocketIoClient).io(url, { transports: ['polling'] });
    closers.push(() => client.close());
    const answers: { sdp?: string }[] = [];
    const enough = new Promise<void>((resolve) => {
      client.on('signal', (message: { type?: string; sdp?: string }) => {
        answers.push(message);
        if (message.type === 'bye') resolve();
      });
    });
    await new Promise<void>((resolve) => client.once('connect', resolve));
    client.emit('signal', { type: 'offer', sdp: SDP });
    client.emit('signal', { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' });
    client.emit('signal', { type: 'bye' });
    await enough;
    const edited = { type: 'offer', sdp: SDP.replace('s=-', 's=edited') };
    expect(said).toEqual([edited, { type: 'bye' }]);
    expect(answers).toEqual(said);
  });
});

withParts(['janus', 'wrtc'], "Debian's Janus behind the proxy", () => {
  let janus: JanusServer;
  beforeAll(async () => {
    janus = await startJanus();
  });
  afterAll(() => janus?.close());

  test('answers, restarts ICE and says goodbye as without it', async () => {
    const { url, lines } = await proxyOf(closers, janus.url);
    const argv = ['connect', url, '--protocol', 'janus', '--json', '--call', '--do', 'restart-ice@connected'];
    const app = start([...argv, '--exit-when', 'connected', '--timeout', '90s']);
    await linesOf(app).until('a connection', isState('connection', 'connected'));
    expect(await app.ended()).toBe(0);
    await lines.until('the close of the connection', isLink('close'));
    expect(types(lines.all).filter((type) => type === 'offer' || type === 'answer')).toEqual([
      'offer',
      'answer',
      'offer',
      'answer',
    ]);
    expect(lines.all.some((line) => line.kind === 'negotiation' && line.cause === 'ice-restart')).toBe(true);
    expect(lines.all.find(has('offer'))?.protocol).toBe('janus');
    expect(errors(lines.all)).toEqual([]);
  });
});
