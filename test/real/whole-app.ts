/**
 * A whole web app: pages and assets in every encoding, cookies of every kind, a security policy, a service worker, media in
 * ranges, streams, events, Socket.IO, WHIP and a WebSocket whose address a config tells. The page runs through all of it and
 * says what it saw; the server says what it was asked.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const require = createRequire(join(import.meta.dirname, '../servers/package.json'));
interface Emitter {
  on(event: string, listener: (...args: never[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
}
const { Server: SocketIo } = require('socket.io') as {
  Server: new (http: unknown) => Emitter & { close(): void };
};
const { WebSocketServer } = require('ws') as {
  WebSocketServer: new (
    options: object,
  ) => Emitter & {
    handleUpgrade(
      request: unknown,
      socket: unknown,
      head: unknown,
      done: (socket: Emitter & { send(data: unknown): void }) => void,
    ): void;
  };
};

export interface WholeApp {
  readonly origin: string;
  /** What was asked since the last call, sorted, each once: methods, paths and the headers that name somebody. */
  asked(): readonly string[];
  close(): void;
}

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:active\r\n';

/** One second of silence, 8000 samples of 8 bits. */
function wav(): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 8000, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(8000, 40);
  return Buffer.concat([head, Buffer.alloc(8000, 128)]);
}

const PAGE = `<!doctype html><title>whole</title><link rel="stylesheet" href="style.css">
<h1 id="painted">app</h1><script src="/socket.io/socket.io.js"></script><script src="app.js"></script>`;

/** What the page does. Every step waits for what it needs, and nothing else. */
const SCRIPT = `
const once = (target, event) => new Promise((resolve, reject) => {
  target.addEventListener(event, resolve, { once: true });
  target.addEventListener('error', () => reject(new Error(event + ' failed')), { once: true });
});
const text = async (url, options) => { const r = await fetch(url, options); return [r.status, await r.text()]; };
window.run = async () => {
  const seen = {};
  seen.colour = getComputedStyle(document.getElementById('painted')).color;
  seen.cookies = document.cookie.split('; ').sort();
  seen.echoed = await text('/echo', { method: 'POST', body: 'x'.repeat(200000) });
  seen.moved = await text('/moved', { method: 'POST', body: 'again' });
  const etag = (await fetch('/tagged')).headers.get('etag');
  seen.tagged = [etag, ...(await text('/tagged', { cache: 'no-cache' }))];
  seen.range = await text('/sound.wav', { headers: { Range: 'bytes=0-3' } });
  const sound = new Audio('/sound.wav');
  sound.preload = 'auto';
  await once(sound, 'canplaythrough');
  seen.sound = sound.duration;
  const streamed = (await fetch('/stream')).body.getReader();
  seen.stream = [];
  for (let part = await streamed.read(); !part.done; part = await streamed.read()) {
    seen.stream.push(new TextDecoder().decode(part.value));
    await fetch('/next');
  }
  seen.events = await new Promise((resolve) => {
    const events = new EventSource('/events');
    const data = [];
    events.onmessage = (event) => {
      data.push(event.lastEventId + ' ' + event.data);
      if (data.length === 2) { events.close(); resolve(data); }
    };
  });
  const config = await (await fetch('/config')).json();
  const socket = new WebSocket(config.wsUrl);
  await once(socket, 'open');
  socket.send('hello');
  seen.socket = (await once(socket, 'message')).data;
  socket.close();
  const io_ = io();
  await new Promise((resolve) => io_.on('connect', resolve));
  if (io_.io.engine.transport.name !== 'websocket') await new Promise((resolve) => io_.io.engine.once('upgrade', resolve));
  seen.io = await new Promise((resolve) => { io_.on('echo', resolve); io_.emit('say', { sdp: 'hi' }); });
  seen.transport = io_.io.engine.transport.name;
  io_.close();
  const sdp = { 'Content-Type': 'application/sdp' };
  const offered = await fetch('/whip', { method: 'POST', headers: sdp, body: ${JSON.stringify(SDP.replace('active', 'actpass'))} });
  const place = new URL(offered.headers.get('location'), offered.url);
  seen.whip = [offered.status, place.origin === location.origin, place.pathname, await offered.text()];
  seen.patched = (await fetch(place, { method: 'PATCH', headers: { 'Content-Type': 'application/trickle-ice-sdpfrag' }, body: 'a=x\\r\\n' })).status;
  seen.deleted = (await fetch(place, { method: 'DELETE' })).status;
  await navigator.serviceWorker.register('worker.js');
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await once(navigator.serviceWorker, 'controllerchange');
  seen.worker = await text('from-worker');
  seen.own = location.pathname;
  return seen;
};`;

const WORKER = `self.onactivate = (event) => event.waitUntil(clients.claim());
self.onfetch = (event) => {
  if (event.request.url.endsWith('/from-worker')) event.respondWith(new Response('made by the worker'));
};`;

export async function startWholeApp(): Promise<WholeApp> {
  const log: string[] = [];
  let next = () => {};
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (!/^\/(?:socket.io|favicon)/.test(pathname)) log.push(entry(request, pathname));
    const route = routes[pathname];
    if (route !== undefined) route(request, response);
    // Socket.IO answers what is its own.
    else if (!pathname.startsWith('/socket.io')) response.writeHead(404).end();
  });
  const io = new SocketIo(http);
  io.on('connection', (socket: Emitter) => socket.on('say', (message: unknown) => socket.emit('echo', message)));
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (request.url !== '/ws') return;
    log.push(entry(request, '/ws'));
    sockets.handleUpgrade(request, socket, head, (one) => {
      one.on('message', (data: unknown) => one.send(`heard ${String(data)}`));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const origin = `http://${host}`;

  function entry({ method, headers }: IncomingMessage, path: string): string {
    const cookies = (headers.cookie ?? '').split('; ').sort().join(' ');
    const { host: asked = '', origin: from = '', referer = '', range = '' } = headers;
    const site = String(headers['sec-fetch-site'] ?? '');
    return [method, path, asked, from, referer, site, range, cookies].join(' | ');
  }

  const file = (type: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    return (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
  };
  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    '/': (_, response) => response.writeHead(302, { Location: `${origin}/app/?from=start` }).end(),
    '/app/': (_, response) => {
      response.writeEarlyHints({ link: '</app/style.css>; rel=preload; as=style' });
      response.writeHead(200, {
        'Content-Type': 'text/html',
        'Content-Encoding': 'gzip',
        'Content-Security-Policy': `default-src 'self'; connect-src 'self' ws://${host}`,
        'Set-Cookie': [
          'hidden=1; HttpOnly',
          'named=2; Domain=127.0.0.1; Path=/',
          'lax=3; SameSite=Lax; Secure',
          'none=4; SameSite=None; Secure; Path=/',
          '__Host-five=5; Secure; Path=/',
        ],
      });
      response.end(gzipSync(PAGE));
    },
    '/app/style.css': file('text/css', brotliCompressSync('h1 { color: rgb(1, 2, 3) }'), { 'Content-Encoding': 'br' }),
    '/app/app.js': file('text/javascript', SCRIPT),
    '/app/worker.js': file('text/javascript', WORKER),
    '/favicon.ico': file('image/png', ''),
    '/config': (_, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ wsUrl: `ws://${host}/ws` })),
    '/echo': (request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      request.on('end', () => response.end(`${size} bytes`));
    },
    '/moved': (_, response) => response.writeHead(307, { Location: '/echo' }).end(),
    '/tagged': ({ headers }, response) => {
      if (headers['if-none-match'] === '"7"') response.writeHead(304, { ETag: '"7"' }).end();
      else response.writeHead(200, { ETag: '"7"', 'Content-Type': 'text/plain' }).end('tagged');
    },
    '/sound.wav': ({ headers }, response) => {
      const data = wav();
      const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(headers.range ?? '') ?? [];
      const [first, last] = [Number(from), to === '' ? data.length - 1 : Number(to)];
      const type = { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes' };
      if (headers.range === undefined) return response.writeHead(200, type).end(data);
      const range = { 'Content-Range': `bytes ${first}-${last}/${data.length}`, 'Content-Length': last - first + 1 };
      return response.writeHead(206, { ...type, ...range }).end(data.subarray(first, last + 1));
    },
    // The second part goes out when the page has read the first.
    '/stream': (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' }).write('one');
      next = () => {
        next = () => {};
        response.end('two');
      };
    },
    '/next': (_, response) => {
      next();
      response.end();
    },
    // The second event comes after a new connection, which says what came last.
    '/events': ({ headers }, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      const last = Number(headers['last-event-id'] ?? 0);
      response.write(`retry: 1\nid: ${last + 1}\ndata: event\n\n`);
      if (last === 0) response.end();
    },
    '/whip': (request, response) => {
      request.resume();
      const headers = { 'Content-Type': 'application/sdp', Location: `${origin}/whip/session`, ETag: '"ice"' };
      response.writeHead(201, headers).end(SDP);
    },
    '/whip/session': (request, response) => {
      request.resume();
      response.writeHead(request.method === 'PATCH' ? 204 : 200).end();
    },
  };
  return {
    origin,
    asked: () => [...new Set(log.splice(0))].sort(),
    close() {
      io.close();
      http.closeAllConnections();
      http.close();
    },
  };
}
