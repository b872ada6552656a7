/** The same call recorded twice at a real server is the same by meaning, whichever of the two is the golden one. */
import { afterAll, afterEach, expect, test } from 'vitest';
import { startJanus } from './janus.ts';
import { carries, isState, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { startPeerServer } from './peer-server.ts';
import { createReplaying, stopped } from './replaying.ts';
import { roomServer, type SocketServer, servers, site } from './socket-io.ts';

const CALLED = { caller: ['--call', '--to', 'callee'], callee: ['--answer-only'] };

const on = createReplaying();
afterEach(() => on.close());
afterAll(() => on.remove());

/** Records twice, and compares both ways. */
async function same(name: string, record: (path: string) => Promise<void>): Promise<void> {
  const [first, second] = [on.file(`${name}-1.ndjson`), on.file(`${name}-2.ndjson`)];
  await record(first);
  await record(second);
  await green(first, second);
  await green(second, first);
}

async function green(base: string, again: string): Promise<void> {
  const one = on.running('check', '--golden', base, again, '--fail-on', 'never');
  const code = await one.ended();
  expect(code, `${one.stdout()}${one.stderr()}`).toBe(0);
}

withParts(['wrtc', 'servers'], 'calls between two peers', () => {
  test("at renego's own server", async () => {
    const serve = on.running('serve', '--listen', '127.0.0.1:0', '--json');
    const [url] = await serve.says(/ws:\/\/\S+/);
    await same('embedded', (path) => on.recordPair(url, path, { flags: ['--protocol', 'mdn'], ...CALLED }));
  });

  test('at a PeerServer', async () => {
    const server = await startPeerServer();
    on.after(() => server.close());
    const { url } = server;
    await same('peerserver', (path) => on.recordPair(url, path, { flags: ['--protocol', 'peerjs'], ...CALLED }));
  });

  test('in a room of Socket.IO', async () => {
    const served = await site('', {}, (server) => {
      const { Server } = servers('socket.io') as { Server: new (server: unknown) => SocketServer };
      const io = new Server(server);
      roomServer(io);
      return io;
    });
    on.after(() => served.close());
    const flags = ['--protocol', 'socket.io-rooms', '--room', 'lobby'];
    await same('socket-io', (path) => on.recordPair(served.url, path, { flags }));
  });
});

withParts(['wrtc', 'janus'], "calls of Debian's Janus", () => {
  test('with its EchoTest', async () => {
    const server = await startJanus();
    on.after(() => server.close());
    await same('janus', async (path) => {
      const media = ['--call', '--media', 'audio,data'];
      const one = on.running('connect', server.url, '--protocol', 'janus', ...media, '--json', '--record', path);
      const lines = linesOf(one);
      await lines.until('the answer', carries('answer', 'echotest'));
      await lines.until('a connection', isState('connection', 'connected'));
      await stopped(one);
    });
  });
});
