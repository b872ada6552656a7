/** Several rooms at once, of a system in which nobody has a name; and sides that do not answer. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Draft } from '../../../src/core/event.ts';
import { parseMatcher } from '../../../src/core/matcher.ts';
import { simplePeer } from '../../../src/protocols/simple-peer.ts';
import { frame } from './cases.ts';
import { rawClient, rawServer, startProxy } from './ends.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const sdp = (type: string, id: number) =>
  JSON.stringify({ type, sdp: `v=0\r\no=- ${id} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n` });

test('two calls at one address are two negotiations between four lanes', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  const joined: WebSocket[] = [];
  sockets.on('connection', (socket) => {
    const own = joined.push(socket) - 1;
    // The first two are one room, the next two another.
    socket.on('message', (data, binary) => joined[own ^ 1]?.send(data, { binary }));
  });
  const proxy = await startProxy(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`, {
    protocol: simplePeer,
  });
  closers.push(
    () => new Promise((resolve) => sockets.close(resolve)),
    () => proxy.stop(),
  );
  const apps: WebSocket[] = [];
  for (let n = 0; n < 4; n++) {
    const app = new WebSocket(proxy.url);
    closers.push(() => app.terminate());
    await once(app, 'open');
    apps.push(app);
  }
  const says = async (from: number, to: number, text: string) => {
    const heard = once(apps[to] as WebSocket, 'message');
    apps[from]?.send(text);
    await heard;
  };
  await says(0, 1, sdp('offer', 1));
  await says(2, 3, sdp('offer', 2));
  await says(1, 0, sdp('answer', 3));
  await says(3, 2, sdp('answer', 4));
  await says(0, 1, sdp('offer', 5));
  await says(2, 3, sdp('offer', 6));
  const signals = () =>
    proxy.drafts.flatMap((draft) =>
      draft.kind === 'message' && draft.dir === 'c2s'
        ? draft.signals.flatMap((signal) => ('sdp' in signal ? [{ ...draft, type: signal.type, pc: signal.pc }] : []))
        : [],
    );
  await proxy.told(() => signals().length === 6);
  const told = signals();
  expect(told.map(({ from, to, type }) => `${from} ${type} ${to}`)).toEqual([
    'app offer peer of app',
    'app-3 offer app-4',
    'app-2 answer app',
    'app-4 answer app-3',
    'app offer app-2',
    'app-3 offer app-4',
  ]);
  expect(new Set(told.map(({ pc }) => pc)).size).toBe(2);
  expect(new Set([told[0]?.pc, told[2]?.pc, told[4]?.pc]).size).toBe(1);
  const matches = parseMatcher('link=app-2');
  const ofOne = proxy.drafts.filter(
    (draft) => draft.kind === 'message' && matches({ ...draft, link: draft.link ?? '', out: draft.dir === 'c2s' }),
  );
  expect(new Set(ofOne.map(({ link }) => link))).toEqual(new Set(['app-2']));
});

test('a side that answers no ping is told, and that it does again', async () => {
  const server = await rawServer();
  const proxy = await startProxy(server.url, { silence: 50 });
  closers.push(
    () => server.close(),
    () => proxy.stop(),
  );
  const client = await rawClient(proxy.url);
  closers.push(() => client.socket.destroy());
  const { socket } = await server.accepted();
  socket.write(frame(9, 'there?', { mask: false }));
  const silent = await proxy.told((draft) => draft.kind === 'problem' && draft.from === 'app');
  expect(silent).toMatchObject({ code: 'PROXY_SILENT', link: 'app' });
  client.socket.write(frame(10, 'there?'));
  await proxy.told((draft) => draft.kind === 'problem' && /answers pings again/.test(draft.detail));
  client.socket.write(frame(9, 'and you?'));
  const other = await proxy.told((draft) => draft.kind === 'problem' && draft.from === 'server');
  expect(other).toMatchObject({
    code: 'PROXY_SILENT',
    detail: expect.stringMatching(/^server has not answered a ping/),
  });
});

/** Takes connections and answers nothing. */
async function deafServer(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

test('a client that was reset and is back at once has its name again, however early it went', async () => {
  const server = await rawServer();
  const proxy = await startProxy(server.url);
  closers.push(
    () => server.close(),
    () => proxy.stop(),
  );
  const isOpen = (draft: Draft) => draft.kind === 'link' && draft.change === 'open';
  const COUNT = 20;
  for (let n = 0; n < COUNT; n++) {
    const { socket } = await rawClient(proxy.url);
    await server.accepted();
    // Its last words come together with the reset.
    if (n % 2 === 1) await new Promise((resolve) => socket.write(frame(1, 'last words'), resolve));
    socket.resetAndDestroy();
  }
  await proxy.told(() => proxy.drafts.filter(isOpen).length === COUNT);
  expect(new Set(proxy.drafts.filter(isOpen).map(({ from }) => from))).toEqual(new Set(['app']));
});

test('a client that does not wait for the handshake is told, and gives its name back', async () => {
  const { url, server } = await deafServer();
  const proxy = await startProxy(url);
  closers.push(() => proxy.stop());
  const isGone = (draft: Draft) => draft.kind === 'problem' && draft.code === 'PROXY_APP_GONE';
  for (let n = 1; n <= 3; n++) {
    const { hostname, port, host } = new URL(proxy.url);
    const app = connect(Number(port), hostname).on('error', () => {});
    const asked = once(server, 'connection');
    app.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
    await asked;
    app.resetAndDestroy();
    await proxy.told(() => proxy.drafts.filter(isGone).length === n);
  }
  const gone = proxy.drafts.filter(isGone);
  expect(gone.map(({ from }) => from)).toEqual(['app', 'app', 'app']);
  expect(gone[0]).toMatchObject({ detail: `the app has closed its connection before ${url} answered the handshake` });
});

test('a handshake that nobody answers is told', async () => {
  const { url } = await deafServer();
  const proxy = await startProxy(url, { silence: 50 });
  closers.push(() => proxy.stop());
  const app = new WebSocket(proxy.url);
  app.on('error', () => {});
  closers.push(() => app.terminate());
  const told = await proxy.told(({ kind }) => kind === 'problem');
  expect(told).toMatchObject({ code: 'PROXY_SILENT', detail: `${url} has not answered the handshake for 0.1 s` });
});
