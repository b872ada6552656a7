/** The same call recorded twice at a real server is the same by meaning, whichever of the two is the golden one. */
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, test } from 'vitest';
import { comparing } from './comparing.ts';
import { startJanus } from './janus.ts';
import { carries, isState, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { startPeerServer } from './peer-server.ts';
import { createReplaying, stopped } from './replaying.ts';
import { startScript } from './script.ts';
import { roomServer, type SocketServer, servers, site } from './socket-io.ts';
import { startYServer } from './y-server.ts';

/** Where the protocol does not say who offers. */
const ROLES = { caller: ['--call'], callee: ['--answer-only'] };
const CALLED = { ...ROLES, caller: ['--call', '--to', 'callee'] };

const on = createReplaying();
const { same } = comparing(on);
afterEach(() => on.close());
afterAll(() => on.remove());

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

withParts(['wrtc', 'servers'], 'calls at servers without names', () => {
  test('in a room of y-webrtc', async () => {
    const { url, close } = await startYServer();
    on.after(close);
    const flags = ['--protocol', 'y-webrtc', '--room', 'lobby', '--media', 'data'];
    await same('y-webrtc', (path) => on.recordPair(url, path, { flags, ...ROLES }));
  });

  test("published to Eyevinn's endpoint by WHIP", async () => {
    const endpoint = startScript(process.execPath, [fileURLToPath(new URL('whip-endpoint.mjs', import.meta.url))]);
    on.after(() => endpoint.close());
    const [, url = ''] = await endpoint.says(/endpoint listening at (\S+)/);
    await same('whip', async (path) => {
      const one = on.running('connect', `${url}/rtsp`, '--call', '--json', '--record', path);
      await linesOf(one).until('a connection', isState('connection', 'connected'));
      await stopped(one);
    });
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
