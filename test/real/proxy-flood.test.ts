/** The built proxy under a flood: what it records when it is ended, killed or broken off, and what rules do meanwhile. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { start } from './process.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'renego-flood-'));
  closers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

interface Counter {
  readonly url: string;
  /** The numbers that arrived, in order. */
  readonly heard: readonly number[];
  /** Resolves when so many have. */
  reach(count: number): Promise<void>;
}

/** A server that reads the numbers of messages. */
async function counter(): Promise<Counter> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  closers.push(() => {
    for (const one of server.clients) one.terminate();
    server.close();
  });
  const heard: number[] = [];
  let look = () => {};
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      heard.push(numberIn(String(data)) ?? -1);
      look();
    });
  });
  const reach = (count: number) =>
    new Promise<void>((resolve) => {
      look = () => void (heard.length >= count && resolve());
      look();
    });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard, reach };
}

const numberIn = (text: string): number | undefined => {
  const digits = /"n\\*":(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const PAD = 'the quick brown fox '.repeat(200);
const message = (n: number): string => JSON.stringify({ type: n % 100 === 7 ? 'game-over' : 'position', n, pad: PAD });

/** Sends numbered messages as fast as they are taken, until `most` or until the connection is gone. */
async function flood(url: string, most = Number.POSITIVE_INFINITY): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on('error', () => {});
  closers.push(() => socket.terminate());
  await once(socket, 'open');
  for (let n = 0; n < most && socket.readyState === WebSocket.OPEN; n += 1) {
    socket.send(message(n));
    if (n % 100 === 99)
      do await new Promise((resolve) => setImmediate(resolve));
      while (socket.bufferedAmount > 1_000_000 && socket.readyState === WebSocket.OPEN);
  }
  return socket;
}

async function proxyOf(url: string, flags: readonly string[], nodeFlags: readonly string[] = []) {
  const running = start(['proxy', url, '--listen', '127.0.0.1:0', ...flags], nodeFlags);
  const [, app = ''] = await running.says(/app +(\S+)/);
  closers.push(() => running.child.kill('SIGKILL'));
  return { running, app };
}

/** The lines of a recording that are whole, and the numbers of its messages. */
function recordingOf(path: string): { readonly lines: readonly string[]; readonly numbers: readonly number[] } {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const numbers = lines.filter((line) => line.includes('"kind":"message"')).map((line) => numberIn(line) ?? -1);
  return { lines, numbers };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('ended in the middle of a flood, everything that reached the server is recorded, in order', async () => {
  const server = await counter();
  const file = join(folder(), 'flood.ndjson');
  const { running, app } = await proxyOf(server.url, ['--record', file]);
  const sent = flood(app);
  await server.reach(15_000);
  running.child.kill('SIGTERM');
  expect(await running.ended()).toBe(143);
  await sent;
  const { lines, numbers } = recordingOf(file);
  expect(numbers.findIndex((n, i) => n !== i)).toBe(-1);
  expect(numbers.length).toBeGreaterThanOrEqual(server.heard.length);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end', reason: 'SIGTERM' });
  expect(lines.filter((line) => line.includes('PROXY_BLIND'))).toEqual([]);
});

test('killed in the middle of a flood, the recording is whole up to its last event', async () => {
  const server = await counter();
  const file = join(folder(), 'killed.ndjson');
  const { running, app } = await proxyOf(server.url, ['--record', file]);
  const sent = flood(app);
  await server.reach(5000);
  running.child.kill('SIGKILL');
  expect(await running.ended()).toBe('SIGKILL');
  await sent;
  const { lines, numbers } = recordingOf(file);
  for (const line of lines) JSON.parse(line);
  expect(numbers.length).toBeGreaterThan(100);
  expect(numbers.findIndex((n, i) => n !== i)).toBe(-1);
});

test('rules act on each message of a flood in its turn, and nothing overtakes', async () => {
  const server = await counter();
  const file = join(folder(), 'rules.ndjson');
  const { running, app } = await proxyOf(server.url, ['--record', file, '--on', 'message["game-over"]', '--drop']);
  const COUNT = 5000;
  await flood(app, COUNT);
  const kept = upTo(COUNT).filter((n) => n % 100 !== 7);
  await server.reach(kept.length);
  expect(server.heard).toEqual(kept);
  running.child.kill('SIGINT');
  expect(await running.ended()).toBe(130);
  expect(recordingOf(file).numbers).toEqual(upTo(COUNT));
});

test('what is held in a flood goes when too much waits behind it, or the app closes: whole, in order, and recorded', async () => {
  const server = await counter();
  const file = join(folder(), 'held.ndjson');
  const { running, app } = await proxyOf(server.url, ['--record', file, '--hold', 'message["game-over"]']);
  const COUNT = 5000;
  (await flood(app, COUNT)).close();
  await server.reach(COUNT);
  expect(server.heard).toEqual(upTo(COUNT));
  running.child.kill('SIGINT');
  expect(await running.ended()).toBe(130);
  const { lines } = recordingOf(file);
  const arrivals = lines.filter((line) => line.includes('"label":"held: '));
  expect(arrivals.map(numberIn)).toEqual(upTo(COUNT).filter((n) => n % 100 === 7));
  const sent = lines.filter((line) => line.includes('"kind":"message"') && !arrivals.includes(line));
  expect(sent.map(numberIn)).toEqual(upTo(COUNT));
  expect(lines.filter((line) => line.includes('"do":"let-go"'))).toHaveLength(COUNT / 100);
  expect(lines.some((line) => line.includes('too much is waiting'))).toBe(true);
});

test('a thread of its own passes bytes on; where that breaks off, it is said, and what was read is recorded', async () => {
  const server = await counter();
  const path = folder();
  const file = join(path, 'broken.ndjson');
  const breaks = join(path, 'breaks.mjs');
  writeFileSync(
    breaks,
    `import { subscribe } from 'node:diagnostics_channel';
     import { isMainThread } from 'node:worker_threads';
     let sockets = 0;
     if (!isMainThread) subscribe('net.server.socket', () => {
       sockets += 1;
       if (sockets === 2) throw new Error('broken on purpose');
     });`,
  );
  const { running, app } = await proxyOf(server.url, ['--record', file], ['--import', pathToFileURL(breaks).href]);
  await flood(app, 100);
  await server.reach(100);
  connect(Number(new URL(app).port), '127.0.0.1').on('error', () => {});
  expect(await running.ended()).toBe(3);
  expect(running.stderr()).toMatch(/broke off: broken on purpose.*PROXY_BROKE/s);
  const { lines, numbers } = recordingOf(file);
  // What came in the last moment was still in the thread.
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers).toEqual(upTo(numbers.length));
  expect(lines.filter((line) => line.includes('"code":"PROXY_BROKE"'))).toHaveLength(1);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end', reason: 'failed' });
});
