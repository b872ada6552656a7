/** The relay's own thread, spoken to as the rest of the proxy does. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import type { FromRelay, Marked, ToRelay } from '../../../../src/sources/proxy/relay/messages.ts';
import { serveRelay } from '../../../../src/sources/proxy/relay/serve.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Said<K extends FromRelay['is']> = Extract<FromRelay, { is: K }>;

function relay() {
  const { port1, port2 } = new MessageChannel();
  serveRelay(port2);
  const said: Marked[] = [];
  let look = () => {};
  port1.on('message', (message: Marked) => {
    said.push(message);
    look();
  });
  const post = (order: ToRelay) => port1.postMessage(order);
  closers.push(async () => {
    post({ do: 'close' });
    await says('closing');
    port1.close();
  });
  function says<K extends FromRelay['is']>(is: K, fits = (_: Said<K>) => true): Promise<Said<K>> {
    return new Promise((resolve) => {
      look = () => {
        const found = said.find((one: FromRelay) => one.is === is && fits(one as Said<K>));
        if (found !== undefined) resolve(found as FromRelay as Said<K>);
      };
      look();
    });
  }
  return { post, said, says };
}

/** An app and a server, and the two sockets of the relay between them; both are stopped. */
async function stopped() {
  const thread = relay();
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  thread.post({ do: 'listen', at: { host: '127.0.0.1', port: 0 } });
  const { port } = await thread.says('listening');
  const app = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
  const { id: a } = await thread.says('accepted');
  const b = 2;
  const came = once(server, 'connection');
  thread.post({ do: 'dial', id: b, to: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } });
  const [far] = (await came) as [Socket];
  far.on('error', () => {});
  closers.push(
    () => app.destroy(),
    () => far.destroy(),
  );
  thread.post({ do: 'stop', a, b });
  await thread.says('still');
  return { ...thread, app, far, a, b };
}

const textOf = (said: readonly Marked[], of: number): string =>
  said.flatMap((one) => (one.is === 'data' && one.id === of ? [String(Buffer.from(one.bytes))] : [])).join('');

test('a reset is noticed also while a pair waits to be joined', async () => {
  const { app, a, b, post, said, says } = await stopped();
  app.resetAndDestroy();
  const { fault } = await says('closed', ({ id }) => id === a);
  expect(fault?.code).toBe('ECONNRESET');
  expect(said.map(({ is }) => is).slice(-2)).toEqual(['left', 'closed']);
  // Whoever wanted to join them did not know yet.
  post({ do: 'join', a, b });
  await says('tape');
});

test('a reset that comes together with data is one, and no end', async () => {
  const { app, a, says } = await stopped();
  await new Promise((resolve) => app.write('last words', resolve));
  app.resetAndDestroy();
  const { fault } = await says('closed', ({ id }) => id === a);
  expect(fault?.code).toBe('ECONNRESET');
});

test('what comes while a pair waits goes on when it is joined, and the end behind it', async () => {
  const { app, far, a, b, post, said, says } = await stopped();
  app.end('one');
  const heard: Buffer[] = [];
  far.on('data', (chunk: Buffer) => heard.push(chunk));
  const ended = once(far, 'end');
  post({ do: 'join', a, b });
  await ended;
  expect(String(Buffer.concat(heard))).toBe('one');
  await says('tape');
  expect(textOf(said, a)).toBe('');
});

test('where it is parted instead, it comes over, and the end behind it', async () => {
  const { app, a, b, post, said, says } = await stopped();
  app.end('one');
  await once(app, 'finish');
  post({ do: 'part', a, b });
  await says('ended');
  expect(textOf(said, a)).toBe('one');
});

test('more than is kept waits at its sender, and arrives whole', async () => {
  const { app, far, a, b, post } = await stopped();
  const sent = Buffer.from(Uint32Array.from({ length: 1024 * 1024 }, (_, n) => n).buffer);
  app.end(sent);
  const heard: Buffer[] = [];
  far.on('data', (chunk: Buffer) => heard.push(chunk));
  const ended = once(far, 'end');
  post({ do: 'join', a, b });
  await ended;
  expect(Buffer.concat(heard).equals(sent)).toBe(true);
});

test('a socket that is reset while its end is on its way is closed all the same', async () => {
  const { far, b, post, says } = await stopped();
  far.resume();
  post({ do: 'end', id: b });
  post({ do: 'reset', id: b });
  await says('closed', ({ id }) => id === b);
});
