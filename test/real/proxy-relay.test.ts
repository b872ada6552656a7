/** The built proxy, whose thread of its own passes bytes on: sides that stop reading, that break off, that are many. */
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { frame } from '../sources/proxy/cases.ts';
import { rawClient, rawServer } from '../sources/proxy/ends.ts';
import { proxyOf } from './proxied.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function relayed() {
  const server = await rawServer();
  closers.push(() => server.close());
  return { server, ...(await proxyOf(closers, server.url)) };
}

const MIB = 1024 * 1024;

test('a side that stops reading holds up its sender and nothing else, and is told', async () => {
  const { server, url, lines } = await relayed();
  const client = await rawClient(url);
  const { socket, bytes } = await server.accepted();
  socket.pause();
  const one = frame(2, Buffer.alloc(MIB));
  const total = 64 * one.length;
  for (let sent = 0; sent < total; sent += one.length) client.socket.write(one);
  await lines.until('that it is slow', ({ code }) => code === 'PROXY_SLOW');
  // What the system buffers on both ways is some MiB; the rest still waits at its sender.
  expect(client.socket.writableLength).toBeGreaterThan(total / 2);
  socket.write(frame(1, 'the other way is open', { mask: false }));
  expect(String(await client.bytes.reach(23))).toContain('the other way is open');
  const other = await rawClient(url);
  other.socket.write(frame(1, 'and so are others'));
  const { bytes: heard } = await server.accepted();
  expect((await heard.reach(23)).length).toBe(23);
  socket.resume();
  expect((await bytes.reach(total)).length).toBe(total);
  await lines.until('that it reads again', ({ detail }) => /reads again/.test(String(detail)));
});

test('a reset on one side is a reset on the other', async () => {
  const { server, url, lines } = await relayed();
  for (const first of ['client', 'server'] as const) {
    const client = await rawClient(url);
    const { socket } = await server.accepted();
    const [one, other] = first === 'client' ? [client.socket, socket] : [socket, client.socket];
    const failed = once(other, 'error').catch((error: unknown) => [error]);
    one.resetAndDestroy();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
  }
  const broken = () => lines.all.filter(({ kind, change }) => kind === 'link' && change === 'error');
  await lines.until('both', () => broken().length >= 2);
});

test('two hundred connections at once get each what is theirs, in lanes of their own', async () => {
  const { server, url, lines } = await relayed();
  const COUNT = 200;
  const clients = await Promise.all(Array.from({ length: COUNT }, () => rawClient(url)));
  const names = new Set<string>();
  for (let n = 0; n < COUNT; n += 1) {
    const { socket, bytes } = await server.accepted();
    void bytes.reach(9).then((said) => socket.write(said));
  }
  const echoed = await Promise.all(
    clients.map(({ socket, bytes }, n) => {
      const said = frame(1, String(n).padStart(3, '0'));
      socket.write(said);
      return bytes.reach(9).then((back) => back.equals(said));
    }),
  );
  expect(echoed).toEqual(Array(COUNT).fill(true));
  await lines.until('all lanes', ({ link }) => names.add(String(link)).has(`app-${COUNT}`) && names.size >= COUNT);
});
