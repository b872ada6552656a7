/** A proxy that is ended while more has passed than can be read in time: what is missing is said. */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import type { Protocol } from '../../src/protocols/protocol.ts';
import type { openProxy } from '../../src/sources/proxy/proxy.ts';

const COUNT = 12_000;

/** An app and a server in a thread of their own: `echo`, then numbered messages of 4 KB. */
const ENDS = `
const { workerData: { ws, all, COUNT }, parentPort } = require('node:worker_threads');
const { WebSocket, WebSocketServer } = require(ws);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => parentPort.postMessage(server.address().port));
let heard = 0;
server.on('connection', (socket) => socket.on('message', (data) => {
  if (String(data) === 'echo') return socket.send('echo');
  heard += 1;
  if (heard < COUNT) return;
  Atomics.store(all, 0, 1);
  Atomics.notify(all, 0);
}).on('error', () => {}));
parentPort.once('message', (url) => {
  const app = new WebSocket(url, { perMessageDeflate: false }).on('error', () => {});
  app.on('open', () => app.send('echo'));
  app.on('message', () => {
    for (let n = 0; n < COUNT; n += 1) app.send(n + ' ' + 'x'.repeat(4096));
  });
});
`;

test('what has not been read by then is counted, and all before it is told in order', async () => {
  // As it is built: the relay is a thread of its own, which passes everything on while this one reads nothing.
  const built = new URL('../../dist/sources/proxy/proxy.js', import.meta.url).href;
  const open = ((await import(built)) as { openProxy: typeof openProxy }).openProxy;
  const all = new Int32Array(new SharedArrayBuffer(4));
  const ws = createRequire(import.meta.url).resolve('ws');
  const ends = new Worker(ENDS, { eval: true, workerData: { ws, all, COUNT } });
  const [port] = (await once(ends, 'message')) as [number];
  const ending = new AbortController();
  const busy: Protocol = {
    name: 'busy',
    title: 'busy',
    subprotocols: [],
    capabilities: { trickle: true, renegotiation: true, restart: 'offer', bye: false, endOfCandidates: false },
    examples: [],
    detect: () => 1,
    client: () => {
      throw new Error('it only reads');
    },
    decoder: () => ({
      decode({ data }) {
        if (data.startsWith('0 ')) {
          Atomics.wait(all, 0, 0, 60_000);
          ending.abort();
        }
        return { signals: [] };
      },
    }),
  };
  const options = { url: `ws://127.0.0.1:${port}/`, host: '127.0.0.1', port: 0, protocol: busy, drain: 1 };
  const proxy = await open(options);
  const told: Draft[] = [];
  const done = proxy.start((draft) => told.push(draft), ending.signal);
  ends.postMessage(proxy.url);
  await done;
  await ends.terminate();
  expect(Atomics.load(all, 0)).toBe(1);
  const numbers = told.flatMap((draft) =>
    draft.kind === 'message' && draft.raw !== 'echo' ? [Number(draft.raw.split(' ')[0])] : [],
  );
  expect(numbers).toEqual(Array.from(numbers, (_, n) => n));
  expect(numbers.length).toBeLessThan(COUNT);
  const blind = told.flatMap((draft) =>
    draft.kind === 'problem' && draft.code === 'PROXY_BLIND' ? [draft.detail] : [],
  );
  expect(blind).toEqual([expect.stringMatching(/^the last \d+ bytes that passed on WebSockets are not read/)]);
  const unread = Number(/\d+/.exec(blind[0] ?? '')?.[0]);
  // Whole messages, with a head before each copy on the tape.
  expect(unread).toBeGreaterThanOrEqual((COUNT - numbers.length - 1) * 4096);
  expect(unread).toBeLessThan((COUNT - numbers.length + 1) * (4096 + 64));
});
