import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type PerMessageDeflateOptions, WebSocketServer } from 'ws';
import { CASES, type Case, compressedCases } from './cases.ts';
import { type RawServer, type Running, rawClient, rawServer, startProxy } from './ends.ts';

/** Matches nothing, but makes the proxy read every message before it sends it on. */
const WATCHFUL = { interventions: [{ text: 'nothing', match: () => false, drop: true }] };

describe('bytes between bare sockets', () => {
  let server: RawServer;
  let plain: Running;
  let watchful: Running;
  beforeAll(async () => {
    server = await rawServer();
    [plain, watchful] = await Promise.all([startProxy(server.url), startProxy(server.url, WATCHFUL)]);
  });
  afterAll(async () => {
    await Promise.all([plain.stop(), watchful.stop(), server.close()]);
  });

  /** Both ways at once: what the client says, the server says too. */
  async function exchange(proxy: Running, { writes }: Case) {
    const client = await rawClient(proxy.url);
    const { socket, bytes } = await server.accepted();
    const all = Buffer.concat(writes);
    for (const write of writes) client.socket.write(write);
    for (const write of writes) socket.write(write);
    client.socket.end();
    socket.end();
    await Promise.all([bytes.ended, client.bytes.ended]);
    return { all, there: bytes.all, back: client.bytes.all };
  }

  test.each(CASES)('arrive as they were sent: $name', async (one) => {
    const { all, there, back } = await exchange(plain, one);
    expect(there.equals(all)).toBe(true);
    expect(back.equals(all)).toBe(true);
  });

  test.each(CASES.filter(({ interrupted }) => !interrupted))('also where all is read first: $name', async (one) => {
    const { all, there, back } = await exchange(watchful, one);
    // What is not whole when its sender ends is no message.
    expect(all.subarray(0, there.length).equals(there)).toBe(true);
    expect(there.length).toBe(back.length);
    if (/does not end|beyond all/.test(one.name)) return;
    expect(there.length).toBe(all.length);
  });
});

/** How a server of `ws` answers: every byte until it closes. */
async function answers(url: string, { writes, endless }: Case, headers: readonly string[]) {
  const client = await rawClient(url, headers);
  for (const write of writes) client.socket.write(write);
  if (!endless) await client.bytes.reach(Number.POSITIVE_INFINITY);
  client.socket.end();
  await client.bytes.ended;
  return { head: client.head, bytes: client.bytes.all.toString('hex') };
}

interface Agreement {
  readonly title: string;
  readonly server: boolean | PerMessageDeflateOptions;
  readonly offer?: string;
  readonly takeover?: boolean;
}

const AGREEMENTS: readonly Agreement[] = [
  { title: 'no compression', server: false },
  { title: 'compression', server: { threshold: 0 }, offer: 'permessage-deflate', takeover: true },
  {
    title: 'compression that forgets on the way there',
    server: { threshold: 0, clientNoContextTakeover: true },
    offer: 'permessage-deflate; client_no_context_takeover',
    takeover: false,
  },
  {
    title: 'compression that forgets on the way back',
    server: { threshold: 0, serverNoContextTakeover: true },
    offer: 'permessage-deflate; server_no_context_takeover; client_max_window_bits',
    takeover: true,
  },
  {
    title: 'compression with the smallest windows',
    server: { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 9 },
    offer: 'permessage-deflate; server_max_window_bits=9; client_max_window_bits=9',
    takeover: false,
  },
];

describe.each(AGREEMENTS)('a server of ws, with $title,', ({ server: perMessageDeflate, offer, takeover }) => {
  let server: WebSocketServer;
  let direct: string;
  let proxies: readonly Running[];
  const headers = offer === undefined ? [] : [`Sec-WebSocket-Extensions: ${offer}`];
  beforeAll(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate, maxPayload: 900 * 1024 });
    server.on('connection', (socket) => {
      socket.on('message', (data, binary) => socket.send(data, { binary }));
      socket.on('error', () => {});
    });
    await once(server, 'listening');
    direct = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    proxies = await Promise.all([startProxy(direct), startProxy(direct, WATCHFUL)]);
  });
  afterAll(async () => {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    server.close();
  });

  test.each(takeover === undefined ? CASES : compressedCases(takeover))('answers the same: $name', async (one) => {
    const expected = await answers(direct, one, headers);
    // Where all is read first, a control frame goes before the fragments around it.
    const through = one.interrupted ? proxies.slice(0, 1) : proxies;
    for (const proxy of through) expect(await answers(proxy.url, one, headers)).toEqual(expected);
  });
});

afterEach(() => {
  expect(process.listenerCount('uncaughtException')).toBeLessThan(10);
});
