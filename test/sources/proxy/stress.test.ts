import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Draft } from '../../../src/core/event.ts';
import { frame } from './cases.ts';
import { type RawServer, type Running, rawClient, rawServer, startProxy } from './ends.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function bare(): Promise<{ server: RawServer; proxy: Running }> {
  const server = await rawServer();
  const proxy = await startProxy(server.url);
  closers.push(
    () => server.close(),
    () => proxy.stop(),
  );
  return { server, proxy };
}

const isClose = (draft: Draft) => draft.kind === 'link' && draft.change === 'close';

const MIB = 1024 * 1024;

test('a side that stops reading holds up its sender and nothing else, and is told', async () => {
  const { server, proxy } = await bare();
  const client = await rawClient(proxy.url);
  const { socket, bytes } = await server.accepted();
  socket.pause();
  const one = frame(2, Buffer.alloc(MIB));
  const [most, total] = [64 * one.length, 64];
  for (let n = 0; n < total; n++) client.socket.write(one);
  await proxy.told((draft) => draft.kind === 'problem' && draft.code === 'PROXY_SLOW');
  // What the system buffers on both ways is some MiB; the rest still waits at its sender.
  expect(client.socket.writableLength).toBeGreaterThan(most / 2);
  socket.write(frame(1, 'the other way is open', { mask: false }));
  expect(String(await client.bytes.reach(23))).toContain('the other way is open');
  socket.resume();
  expect((await bytes.reach(most)).length).toBe(most);
  await proxy.told((draft) => draft.kind === 'problem' && /reads again/.test(draft.detail));
});

test('a flood passes whole, and every message of it is read; what is more than can be listed is counted', async () => {
  const { server, proxy } = await bare();
  const client = await rawClient(proxy.url);
  const { socket } = await server.accepted();
  let arrived = 0;
  socket.on('data', (chunk) => {
    arrived += chunk.length;
    if (arrived >= COUNT * one.length) socket.emit('all');
  });
  const COUNT = 30_000;
  const one = frame(2, Buffer.alloc(4096, 7));
  const batch = Buffer.concat(Array(100).fill(one));
  const all = once(socket, 'all');
  for (let n = 0; n < COUNT / 100; n++) if (!client.socket.write(batch)) await once(client.socket, 'drain');
  await all;
  client.socket.end();
  socket.end();
  await proxy.told(isClose);
  const listed = proxy.drafts.filter(({ kind }) => kind === 'message').length;
  const counted = proxy.drafts.flatMap((draft) =>
    draft.kind === 'problem' && draft.code === 'PROXY_BUSY'
      ? [Number(/(\d+) more messages/.exec(draft.detail)?.[1])]
      : [],
  );
  expect(listed + proxy.aside.length).toBe(COUNT);
  expect(counted.reduce((a, b) => a + b, 0)).toBe(proxy.aside.length);
  expect(listed).toBeLessThan(COUNT / 2);
  expect(listed).toBeGreaterThanOrEqual(1000);
});

test('a thousand connections at once, each a lane of its own', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)));
  const proxy = await startProxy(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`);
  closers.push(
    () => new Promise((resolve) => sockets.close(resolve)),
    () => proxy.stop(),
  );
  const clients = Array.from({ length: 1000 }, () => new WebSocket(proxy.url));
  const heard = await Promise.all(
    clients.map(async (client, n) => {
      await once(client, 'open');
      client.send(`${n}`);
      return String((await once(client, 'message'))[0]);
    }),
  );
  expect(heard).toEqual(clients.map((_, n) => `echo ${n}`));
  const links = new Set<string | undefined>();
  await proxy.told(({ link }) => links.add(link).size === 1000);
  for (const client of clients) client.close(1000);
  const newest = (draft: Draft) => draft === proxy.drafts.at(-1);
  await proxy.told((draft) => newest(draft) && proxy.drafts.filter(isClose).length === 1000);
  expect(new Set(proxy.drafts.map(({ from }) => from)).has('app-1000')).toBe(true);
}, 120_000);

test('a reset on one side is a reset on the other', async () => {
  const { server, proxy } = await bare();
  for (const first of ['client', 'server'] as const) {
    const client = await rawClient(proxy.url);
    const { socket } = await server.accepted();
    const [one, other] = first === 'client' ? [client.socket, socket] : [socket, client.socket];
    const failed = once(other, 'error').catch((error: unknown) => [error]);
    one.resetAndDestroy();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  }
  const isError = (draft: Draft) => draft.kind === 'link' && draft.change === 'error';
  await proxy.told((draft) => isError(draft) && proxy.drafts.filter(isError).length >= 2);
});

test('a client that goes away during the handshake leaves nothing behind', async () => {
  const { server, proxy } = await bare();
  const client = await rawClient(proxy.url);
  client.socket.destroy();
  const { socket } = await server.accepted();
  if (!socket.readableEnded) await once(socket, 'end');
  socket.end();
  await proxy.told(isClose);
});
