/** Who gets which name when clients come, leave and are heard of late. */
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLanes } from '../../../src/sources/proxy/lanes.ts';
import { proxied } from './web-server.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('the name of one that has left is given to the next, on a link of its own', () => {
  const lanes = createLanes();
  const [one, two] = [lanes.open(), lanes.open()];
  expect([one, two]).toEqual([
    { party: 'app', link: 'app' },
    { party: 'app-2', link: 'app-2' },
  ]);
  lanes.close(one);
  expect(lanes.open()).toEqual({ party: 'app', link: 'app.2' });
});

test('what is read of a client after it has left is its own, whoever has its name by then', () => {
  const lanes = createLanes();
  const polling = lanes.of('handshake 1');
  lanes.also('abc', polling);
  const socket = lanes.open('abc');
  expect(socket).toEqual(polling);
  lanes.close(socket);
  expect(lanes.of('abc')).toBe(polling);
  expect(lanes.open()).toEqual({ party: 'app', link: 'app.2' });
  expect(lanes.of('abc')).toBe(polling);
});

test('who asks again after its connection has ended, or was refused, keeps its name', () => {
  const lanes = createLanes();
  const polling = lanes.of('abc');
  lanes.close(lanes.open('abc'), true);
  expect(lanes.open().party).toBe('app-2');
  lanes.close(lanes.open('abc'));
  lanes.seen('abc');
  expect(lanes.open().party).toBe('app-3');
  expect(lanes.of('abc')).toBe(polling);
});

test('one that only polls gives its name back when it has gone, and has it again when it is heard of', () => {
  const lanes = createLanes();
  const polling = lanes.of('abc');
  lanes.left('abc');
  expect(lanes.of('def')).toEqual({ party: 'app', link: 'app.2' });
  // What is read of it late is still its own.
  expect(lanes.of('abc')).toBe(polling);
  lanes.left('def');
  lanes.seen('abc');
  expect(lanes.open().party).toBe('app-2');
});

test('one that has a connection has not gone', () => {
  const lanes = createLanes();
  const socket = lanes.open('abc');
  lanes.left('abc');
  expect(lanes.open().party).toBe('app-2');
  lanes.close(socket);
  expect(lanes.open().party).toBe('app');
});

test('a thousand keys are remembered, and a client without any has left', () => {
  const lanes = createLanes();
  for (let n = 0; n < 1000; n += 1) lanes.also(`sid ${n}`, lanes.of('machine'));
  expect(lanes.open('of another').party).toBe('app-2');
  const later = Array.from({ length: 1000 }, (_, n) => lanes.of(`client ${n}`));
  expect(later.filter(({ party }) => party === 'app')).toEqual([{ party: 'app', link: 'app.2' }]);
});

test('a poll that is late, or goes on when the WebSocket has ended, opens no lane of its own', async () => {
  const sockets = new WebSocketServer({ noServer: true });
  const proxy = await proxied(closers, ({ url, method }, response) => {
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    if (url?.includes('sid=')) response.end(method === 'POST' ? 'ok' : '2');
    else response.end('0{"sid":"abc","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}');
  });
  proxy.server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (one) => one.on('message', () => one.send('3probe'))),
  );
  const path = `${proxy.url}socket.io/?EIO=4&transport=polling`;
  await (await fetch(path)).text();
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket&sid=abc`);
  await once(socket, 'open');
  socket.send('2probe');
  await once(socket, 'message');
  socket.terminate();
  await proxy.told((draft) => draft.kind === 'link' && draft.change === 'close');
  await (await fetch(`${path}&sid=abc`)).text();
  await proxy.stop();
  const messages = proxy.drafts.filter(({ kind }) => kind === 'message');
  // The handshake and its answer, the probe and its answer, the poll and its answer.
  expect(messages.map(({ link }) => link)).toEqual(Array(6).fill('app'));
});

test.each([
  ['the client says so', 'POST', '1', 200, 'ok'],
  ['the server says so', 'GET', undefined, 200, '1'],
  ['a packet among others says so', 'GET', undefined, 200, '42["a"]\x1e1'],
  ['Engine.IO 3 says so', 'GET', undefined, 200, '1:1'],
  ['the server knows it no more', 'GET', undefined, 400, '{"code":1,"message":"Session ID unknown"}'],
])('a session of long polling is over, and its name is free: %s', async (_, method, body, status, says) => {
  const proxy = await proxied(closers, ({ url }, response) => {
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    if (url?.includes('sid=')) response.writeHead(status).end(says);
    else response.end(`0{"sid":"s${url?.length}","upgrades":[],"pingInterval":25000,"pingTimeout":20000}`);
  });
  const path = `${proxy.url}socket.io/?EIO=4&transport=polling`;
  const first = await (await fetch(path)).text();
  const sid = /"sid":"(\w+)"/.exec(first)?.[1];
  await (await fetch(`${path}&sid=${sid}`, { method, ...(body !== undefined && { body }) })).text();
  await (await fetch(`${path}&another=1`)).text();
  const isSecond = (draft: (typeof proxy.drafts)[number]) => draft.kind === 'message' && draft.link === 'app.2';
  expect(await proxy.told(isSecond)).toMatchObject({ from: 'app' });
});
