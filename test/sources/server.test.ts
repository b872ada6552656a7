import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PAGE_POLICY } from '../../src/sources/page.ts';
import { createRooms } from '../../src/sources/rooms.ts';
import { type ServerOptions, type SignalingServer, startServer } from '../../src/sources/server.ts';

let server: SignalingServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface Guest {
  readonly socket: WebSocket;
  readonly heard: Record<string, unknown>[];
  /** The next message of that type, past or to come; each is given once. */
  next(type: string): Promise<Record<string, unknown>>;
  say(message: unknown): void;
  closed: Promise<number>;
}

async function start(options?: ServerOptions): Promise<string> {
  server = await startServer({ now: 1_000, ...options });
  return server.url;
}

function guest(url: string, subprotocols: string[] = ['json']): Guest {
  const socket = new WebSocket(url, subprotocols);
  const heard: Record<string, unknown>[] = [];
  const waits = new Set<() => void>();
  socket.on('error', () => {});
  socket.on('message', (data) => {
    heard.push(JSON.parse(data.toString()));
    for (const wait of [...waits]) wait();
  });
  return {
    socket,
    heard,
    next: (type) =>
      new Promise((resolve) => {
        const look = (): void => {
          const at = heard.findIndex((message) => message.type === type);
          if (at < 0) return;
          waits.delete(look);
          resolve(heard.splice(at, 1)[0] as Record<string, unknown>);
        };
        waits.add(look);
        look();
      }),
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    closed: new Promise((resolve) => socket.on('close', resolve)),
  };
}

async function member(url: string, name: string): Promise<Guest> {
  const one = guest(url);
  const { id } = await one.next('id');
  one.say({ type: 'username', name, id, date: 0 });
  await one.next('userlist');
  return one;
}

describe('embedded server', () => {
  it('gives an id first, takes the name, tells everyone who is there', async () => {
    const url = await start();
    const ann = await member(url, 'ann');
    await member(url, 'bob');
    expect(await ann.next('userlist')).toEqual({ type: 'userlist', users: ['ann', 'bob'] });
    expect(server?.names()).toEqual(['ann', 'bob']);
  });

  it('forwards to the target only, to all without one, the sender included', async () => {
    const url = await start();
    const [ann, bob, eve] = [await member(url, 'ann'), await member(url, 'bob'), await member(url, 'eve')];
    ann.say({ type: 'video-offer', name: 'ann', target: 'bob', sdp: {} });
    ann.say({ type: 'hang-up', name: 'ann', target: null });
    expect(await bob.next('video-offer')).toMatchObject({ name: 'ann', target: 'bob' });
    for (const one of [ann, bob, eve]) await one.next('hang-up');
    expect(eve.heard.filter(({ type }) => type === 'video-offer')).toEqual([]);
  });

  it('renames who takes a taken name', async () => {
    const url = await start();
    await member(url, 'ann');
    const other = await member(url, 'ann');
    expect(await other.next('rejectusername')).toMatchObject({ name: 'ann1' });
  });

  it('keeps rooms apart by path', async () => {
    const url = await start();
    await member(`${url}blue?token=1`, 'ann');
    const bob = await member(`${url}red`, 'ann');
    expect(bob.heard.filter(({ type }) => type === 'rejectusername')).toEqual([]);
    expect([server?.names('/blue'), server?.names('/red')]).toEqual([['ann'], ['ann']]);
  });

  it('survives what crashes others: no subprotocol, garbage, binary, unknown ids and types', async () => {
    const url = await start();
    const ann = await member(url, 'ann');
    const wild = guest(url, []);
    await wild.next('id');
    const hostile = ['', 'x', 'null', '[]', '1', '{}', '{"type":"username"}', '{"type":"username","id":"a","name":{}}'];
    for (const text of [...hostile, '{"type":"message"}', '{"type":"__proto__","target":"__proto__"}']) wild.say(text);
    wild.socket.send(Buffer.from([1, 2, 3]));
    wild.say({ type: 'ping', target: 'ann' });
    expect(await ann.next('ping')).toEqual({ type: 'ping', target: 'ann' });
  });

  it('closes who sends too much, nobody else', async () => {
    const url = await start({ maxPayload: 1_000 });
    const ann = await member(url, 'ann');
    const big = await member(url, 'big');
    big.say('x'.repeat(2_000));
    expect(await big.closed).toBe(1009);
    let list = await ann.next('userlist');
    while ((list.users as string[]).length > 1) list = await ann.next('userlist');
    expect(list.users).toEqual(['ann']);
  });

  it('survives broken HTTP, and refuses what is not the page', async () => {
    const url = (await start()).replace('ws', 'http');
    const { port } = new URL(url);
    const raw = connect(Number(port), '127.0.0.1');
    raw.on('error', () => {});
    raw.write('\0\0\0 broken\r\n\r\n');
    await new Promise((resolve) => raw.on('close', resolve));
    expect((await fetch(`${url}nothing`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, PAGE_POLICY]);
    expect(await page.text()).toContain('new RTCPeerConnection');
  });

  it('says in words when the port is taken', async () => {
    const { port } = new URL(await start());
    await expect(startServer({ port: Number(port) })).rejects.toMatchObject({ code: 'LISTEN_IN_USE', kind: 'connect' });
  });
});

it('rooms: chat is sent on without tags and under the real name', () => {
  const rooms = createRooms(7);
  expect(rooms.joined('1', '/')).toEqual([{ to: '1', text: '{"type":"id","id":7}' }]);
  rooms.received('1', '{"type":"username","name":"ann","id":7}');
  expect(rooms.received('1', '{"type":"message","text":"a <b>c</b>","name":"eve"}')).toEqual([
    { to: '1', text: '{"type":"message","text":"a c","name":"ann"}' },
  ]);
  expect(rooms.left('1')).toEqual([]);
  expect(rooms.received('1', '{}')).toEqual([]);
});

const BARE = '{"description":{"type":"offer","sdp":"v=0"}}';

it.each([
  ['both', BARE, ['2']],
  ['both', '{"candidate":null}', ['2']],
  ['both', '{"start":true}', []],
  ['both', '{"type":"x","candidate":null}', []],
  ['mdn', BARE, []],
  ['perfect-negotiation', BARE, ['2', '3']],
  ['perfect-negotiation', 'anything', ['2', '3']],
] as const)('rooms that speak %s pass %s on to %j', (spoken, text, expected) => {
  const rooms = createRooms(7, spoken);
  for (const key of ['1', '2', '3']) rooms.joined(key, '/');
  rooms.joined('4', '/elsewhere');
  rooms.received('3', '{"type":"username","name":"ann","id":9}');
  const deliveries = rooms.received('1', text);
  expect(deliveries).toEqual(expected.map((to) => ({ to, text })));
});
