/** Recordings of real servers, played to the same servers again: what they answer today is what they answered then. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { foreignFile } from './foreign.ts';
import { startJanus } from './janus.ts';
import { DOMAIN, startKamailio } from './kamailio.ts';
import { carries, isState, type Line, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { startPeerServer } from './peer-server.ts';
import { createReplaying, stopped } from './replaying.ts';
import { roomServer, type SocketServer, servers, site } from './socket-io.ts';
import { startYServer } from './y-server.ts';

/** Where the protocol does not say who offers. */
const ROLES = { caller: ['--call'], callee: ['--answer-only'] };
const CALLED = { ...ROLES, caller: ['--call', '--to', 'callee'] };

const on = createReplaying();
afterEach(() => on.close());
afterAll(() => on.remove());

withParts(['wrtc'], "renego's own server", () => {
  test('answers both sides of a call as it did', async () => {
    const serve = on.running('serve', '--listen', '127.0.0.1:0', '--json');
    const [url] = await serve.says(/ws:\/\/\S+/);
    const path = on.file('embedded.ndjson');
    await on.recordPair(url, path, { flags: ['--protocol', 'mdn'], ...CALLED });
    await on.replayed(path, url);
  });
});

withParts(['wrtc', 'servers'], 'servers of others on WebSockets', () => {
  test('a PeerServer passes on what it passed on, to the names in the address', async () => {
    const server = await startPeerServer();
    on.after(() => server.close());
    const { url } = server;
    const path = on.file('peerserver.ndjson');
    await on.recordPair(url, path, { flags: ['--protocol', 'peerjs'], ...CALLED });
    await on.replayed(path, url);
  });

  test("y-webrtc's server publishes to the room as it did", async () => {
    const { url, close } = await startYServer();
    on.after(close);
    const path = on.file('y-webrtc.ndjson');
    await on.recordPair(url, path, { flags: ['--protocol', 'y-webrtc', '--room', 'one', '--media', 'data'], ...ROLES });
    await on.replayed(path, url);
  });

  test('a WebTorrent tracker passes on the offers of today to the peers of today', async () => {
    const tracker = await startTracker();
    on.after(() => tracker.close());
    const path = on.file('webtorrent.ndjson');
    const room = 'c'.repeat(40);
    const ready = carries('response', 'server');
    await on.recordPair(tracker.url, path, {
      flags: ['--protocol', 'webtorrent', '--room', room, '--media', 'data'],
      ...ROLES,
      ready,
    });
    await on.replayed(path, tracker.url);
  });

  test.each(['socket.io', 'socket.io-v2'])('a room of %s gives out other ids, which are used', async (name) => {
    const served = await site('', {}, (server) => {
      const loaded = servers(name) as ((server: unknown) => SocketServer) & {
        Server: new (server: unknown) => SocketServer;
      };
      const io = name === 'socket.io' ? new loaded.Server(server) : loaded(server);
      roomServer(io);
      return io;
    });
    on.after(() => served.close());
    const path = on.file(`${name}.ndjson`);
    await on.recordPair(served.url, path, { flags: ['--protocol', 'socket.io-rooms', '--room', 'lobby'] });
    await on.replayed(path, served.url);
  });

  test('a call of simple-peer goes over a relay again', async () => {
    const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    on.after(() => relay.close());
    relay.on('connection', (socket) =>
      socket.on('message', (data) => {
        for (const client of relay.clients) if (client !== socket) client.send(String(data));
      }),
    );
    await once(relay, 'listening');
    const url = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}/`;
    const path = on.file('simple-peer.ndjson');
    await on.recordPair(url, path, {
      flags: ['--protocol', 'simple-peer'],
      ...ROLES,
      ready: ({ kind }) => kind === 'link',
    });
    await on.replayed(path, url);
  });
});

withParts(['wrtc', 'janus'], "Debian's Janus", () => {
  test('answers the EchoTest as it did, with new ids', async () => {
    const server = await startJanus();
    on.after(() => server.close());
    const path = on.file('janus.ndjson');
    const media = ['--call', '--media', 'audio,data'];
    const one = on.running('connect', server.url, '--protocol', 'janus', ...media, '--json', '--record', path);
    const lines = linesOf(one);
    await lines.until('the answer', carries('answer', 'echotest'));
    await lines.until('a connection', isState('connection', 'connected'));
    await stopped(one);
    await on.replayed(path, server.url);
  });
});

withParts(['wrtc', 'kamailio'], "Debian's Kamailio", () => {
  test('lets in who answers its challenge of today, and routes calls with new ids', async () => {
    const server = await startKamailio();
    on.after(() => server.close());
    const path = on.file('sip.ndjson');
    const registered = ({ kind, raw }: Line) => kind === 'message' && /^SIP\/2.0 200/.test(String(raw));
    await on.recordPair(server.url, path, {
      flags: ['--protocol', 'sip', '--param', `domain=${DOMAIN}`],
      caller: [...CALLED.caller, '--param', 'password=pw-caller'],
      callee: [...CALLED.callee, '--param', 'password=pw-callee'],
      ready: registered,
    });
    await on.replayed(path, server.url, '--password', 'caller=pw-caller', '--password', 'callee=pw-callee');
  });
});

interface Tracker {
  readonly http: { address(): AddressInfo };
  on(event: 'error' | 'warning', listener: () => void): void;
  listen(port: number, host: string, ready: () => void): void;
  close(): void;
}

/** Its main file wants native parts, its server does not. */
async function startTracker(): Promise<{ url: string; close(): void }> {
  const path = pathToFileURL(foreignFile('bittorrent-tracker/server.js')).href;
  const { default: Server } = (await import(path)) as { default: new (options: object) => Tracker };
  const tracker = new Server({ udp: false, http: true, ws: true, stats: false });
  tracker.on('error', () => {});
  tracker.on('warning', () => {});
  await new Promise<void>((resolve) => tracker.listen(0, '127.0.0.1', resolve));
  return { url: `ws://127.0.0.1:${tracker.http.address().port}`, close: () => tracker.close() };
}
