/** Pages in Chromium against renego as the server that a recording was made of: they go through to the end as they did. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { foreignFile, launch, openPage } from './foreign.ts';
import { answered } from './page-wait.ts';
import { withParts } from './parts.ts';
import { startPeerServer } from './peer-server.ts';
import { createReplaying } from './replaying.ts';
import { PAGE_HELPERS, roomServer, type SocketServer, servers, site } from './socket-io.ts';

/** A page with perfect negotiation, which talks over a WebSocket that passes everything on. */
const MDN = `
  const pc = new RTCPeerConnection();
  const heard = [];
  const call = (to, polite) => new Promise((ready) => {
    const socket = new WebSocket(to);
    const say = (message) => socket.send(JSON.stringify(message));
    let making = false;
    pc.onicecandidate = ({ candidate }) => candidate && say({ candidate });
    pc.onnegotiationneeded = async () => {
      making = true;
      await pc.setLocalDescription();
      say({ description: pc.localDescription });
      making = false;
    };
    socket.onmessage = async ({ data }) => {
      const { description, candidate } = JSON.parse(data);
      if (description) {
        heard.push(description.type);
        const collides = description.type === 'offer' && (making || pc.signalingState !== 'stable');
        if (collides && !polite) return;
        await pc.setRemoteDescription(description);
        if (description.type === 'offer') {
          await pc.setLocalDescription();
          say({ description: pc.localDescription });
        }
      } else await pc.addIceCandidate(candidate).catch(() => {});
    };
    socket.onopen = ready;
  });`;

const ROOM = `<!doctype html><title>room</title><script src="/client.js"></script><script>
  ${PAGE_HELPERS}
  let pc;
  const heard = [];
  const asked = new URLSearchParams(location.search);
  const socket = io(asked.get('to'), { transports: asked.get('transports').split(','), reconnection: false });
  function connection(peer) {
    pc = new RTCPeerConnection();
    pc.onicecandidate = ({ candidate }) => { if (candidate) socket.emit('ice-candidate', { to: peer, candidate }); };
    for (const track of sound().getTracks()) pc.addTrack(track);
    return pc;
  }
  socket.on('user-joined', async (peer) => {
    connection(peer);
    await pc.setLocalDescription();
    socket.emit('offer', { to: peer, offer: pc.localDescription });
  });
  socket.on('offer', async ({ from, offer }) => {
    heard.push('offer');
    if (!pc) connection(from);
    await pc.setRemoteDescription(offer);
    await pc.setLocalDescription();
    socket.emit('answer', { to: from, answer: pc.localDescription });
  });
  socket.on('answer', async ({ answer }) => {
    await pc.setRemoteDescription(answer);
    heard.push('answer');
  });
  socket.on('ice-candidate', ({ candidate }) => pc.addIceCandidate(candidate).catch(() => {}));
  const joined = new Promise((resolve) => socket.on('connect', () => { socket.emit('join', 'lobby'); resolve(); }));
</script>`;

withParts(['chromium', 'servers'], 'pages against a replay', () => {
  const on = createReplaying();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(() => on.close());
  afterAll(async () => {
    await browser?.close();
    on.remove();
  });

  const PATIENCE = { timeout: 15_000 };
  const hears = (page: Page, what: string): Promise<unknown> =>
    page.waitForFunction(`heard.includes(${JSON.stringify(what)})`, undefined, PATIENCE);

  test('perfect negotiation over a bare WebSocket: a call, a second section, an ICE restart', async () => {
    const relay = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    on.after(() => relay.close());
    relay.on('connection', (socket) =>
      socket.on('message', (data) => {
        for (const client of relay.clients) if (client !== socket) client.send(String(data));
      }),
    );
    await new Promise((resolve) => relay.once('listening', resolve));
    const path = on.file('mdn.ndjson');
    const proxy = await on.proxy(`ws://127.0.0.1:${(relay.address() as AddressInfo).port}/`, path);

    async function talk(url: string, callee: boolean): Promise<Page> {
      const page = await openPage(browser, MDN);
      await page.evaluate(`call(${JSON.stringify(url)}, ${callee})`);
      return page;
    }
    /** The caller's part; `settled` after each of its rounds. */
    async function calls(page: Page): Promise<void> {
      const settled = (answers: number) =>
        page.waitForFunction(
          `heard.filter((type) => type === 'answer').length === ${answers} && pc.signalingState === 'stable'`,
          undefined,
          PATIENCE,
        );
      await page.evaluate(`void pc.createDataChannel('chat')`);
      await settled(1);
      await page.evaluate(`void sound().getTracks().forEach((track) => pc.addTrack(track))`);
      await settled(2);
      await page.evaluate('pc.restartIce()');
      await settled(3);
    }
    const callee = await talk(proxy.app, true);
    const caller = await talk(proxy.app, false);
    await calls(caller);
    await answered(caller, "Promise.resolve(pc.connectionState === 'connected')");
    await caller.close();
    await callee.close();
    await proxy.stop();

    await on.replayedTo(path, async (url) => {
      const again = await talk(url, true);
      const second = await talk(url, false);
      on.after(() => again.close());
      on.after(() => second.close());
      await calls(second);
    });
  });

  test.each([
    ['long polling', 'polling'],
    ['long polling, then a WebSocket', 'polling,websocket'],
  ])('a room of Socket.IO over %s, as server and as client', async (_title, transports) => {
    const served = await site(ROOM, { '/client.js': 'socket.io-client/dist/socket.io.min.js' }, (server) => {
      const { Server } = servers('socket.io') as { Server: new (server: unknown, options: object) => SocketServer };
      const io = new Server(server, { cors: { origin: true } });
      roomServer(io);
      return io;
    });
    on.after(() => served.close());
    const path = on.file(`room-${transports}.ndjson`);
    const proxy = await on.proxy(served.url, path);
    /** The page of that site, which talks to `to`. */
    async function visit(from: string, to: string): Promise<Page> {
      const page = await browser.newPage();
      on.after(() => page.close());
      await page.goto(`${from}?${new URLSearchParams({ to, transports })}`);
      await page.evaluate('joined');
      return page;
    }
    const [first, second] = [await visit(proxy.app, proxy.app), await visit(proxy.app, proxy.app)];
    await hears(first, 'answer');
    await answered(second, "Promise.resolve(pc.connectionState === 'connected')");
    await first.close();
    await second.close();
    await proxy.stop();

    await on.replayed(path, served.url);
    await on.replayedTo(path, async (url) => {
      const to = url.replace(/^ws/, 'http');
      const [again] = [await visit(served.url, to), await visit(served.url, to)];
      await hears(again, 'answer');
      await again.close();
    });
  });

  test('PeerJS by names in the address', async () => {
    const server = await startPeerServer();
    on.after(() => server.close());
    const path = on.file('peerjs.ndjson');
    const proxy = await on.proxy(new URL('/', server.url.replace(/^ws/, 'http')).href, path);
    const script = readFileSync(foreignFile('peerjs/dist/peerjs.min.js'), 'utf8');
    async function visit(url: string, name: string): Promise<Page> {
      const { hostname, port } = new URL(url);
      const page = await openPage(browser, script, 'globalThis.heard = [];');
      const options = { host: hostname, port: Number(port), path: '/app', key: 'peerjs', config: { iceServers: [] } };
      await page.evaluate(`new Promise((resolve) => {
        globalThis.peer = new Peer(${JSON.stringify(name)}, ${JSON.stringify(options)});
        peer.on('connection', (one) => one.on('data', (data) => heard.push(data)));
        peer.on('open', resolve);
      })`);
      return page;
    }
    const callee = await visit(proxy.app, 'callee');
    const caller = await visit(proxy.app, 'caller');
    await caller.evaluate(`{
      const one = peer.connect('callee');
      one.on('open', () => one.send('hello'));
    }`);
    await hears(callee, 'hello');
    await caller.close();
    await callee.close();
    await proxy.stop();

    await on.replayedTo(path, async (url) => {
      const again = await visit(url, 'callee');
      const calling = await visit(url, 'caller');
      await calling.evaluate(`{
        globalThis.connection = peer.connect('callee');
      }`);
      await calling.waitForFunction('connection.peerConnection?.remoteDescription', undefined, PATIENCE);
      await calling.close();
      await again.close();
    });
  });

  test('a page that publishes by WHIP, whose offers the recording answers', async () => {
    // A server that answers with a peer connection of its own, in a page: what it says is what a browser says.
    const far = await openPage(browser);
    on.after(() => far.close());
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += String(piece);
      const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Location, ETag' };
      const allowed = { 'Access-Control-Allow-Methods': '*', 'Access-Control-Allow-Headers': '*' };
      if (request.method !== 'POST') response.writeHead(204, { ...cors, ...allowed }).end();
      else {
        const answer = await far.evaluate(`(async () => {
          const pc = new RTCPeerConnection();
          await pc.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(body)} });
          await pc.setLocalDescription();
          return pc.localDescription.sdp;
        })()`);
        const created = { 'Content-Type': 'application/sdp', Location: '/whip/session/1', ETag: '"v1"' };
        response.writeHead(201, { ...cors, ...created }).end(answer);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    on.after(() => server.close());
    const path = on.file('whip-page.ndjson');
    const proxy = await on.proxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, path);

    /** Posts, patches a candidate, deletes; gives the states and statuses it has seen. */
    const publish = async (url: string): Promise<unknown> => {
      const page = await openPage(browser);
      const seen = await page.evaluate(`(async () => {
        const pc = new RTCPeerConnection();
        for (const track of sound().getTracks()) pc.addTransceiver(track, { direction: 'sendonly' });
        await pc.setLocalDescription();
        const ask = (url, method, body, headers) => fetch(url, { method, body, headers });
        const posted = await ask(${JSON.stringify(url)} + 'whip/live', 'POST', pc.localDescription.sdp, {
          'Content-Type': 'application/sdp', Authorization: 'Bearer page',
        });
        await pc.setRemoteDescription({ type: 'answer', sdp: await posted.text() });
        const place = new URL(posted.headers.get('location'), posted.url);
        const ufrag = /a=ice-ufrag:(\\S+)/.exec(pc.localDescription.sdp)[1];
        const fragment = 'a=ice-ufrag:' + ufrag + '\\r\\nm=audio 9 UDP/TLS/RTP/SAVPF 0\\r\\na=mid:0\\r\\n'
          + 'a=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\\r\\n';
        const type = { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': posted.headers.get('etag') };
        const patched = await ask(place, 'PATCH', fragment, type);
        const deleted = await ask(place, 'DELETE');
        return [posted.status, pc.signalingState, patched.status, deleted.status];
      })()`);
      await page.close();
      return seen;
    };
    const seen = [201, 'stable', 204, 204];
    expect(await publish(proxy.app)).toEqual(seen);
    await proxy.stop();
    await on.replayedTo(path, async (url) => expect(await publish(url)).toEqual(seen));
  });
});
