/** The embedded signaling server: rooms by URL path over WebSocket, and a page for browsers over HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from './listen.ts';
import { PAGE_POLICY, pageFor } from './page.ts';
import { createRooms, type Delivery, type Spoken } from './rooms.ts';

export interface ServerOptions {
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Bytes; a longer frame ends its sender's connection with code 1009. */
  readonly maxPayload?: number;
  readonly spoken?: Spoken;
  /** Milliseconds since 1970, the first id given out. */
  readonly now?: number;
  /** Hears of every client and everything they send. */
  readonly observe?: (seen: Seen) => void;
}

/** What the server saw of the client `key`. */
export type Seen =
  | { readonly key: string; readonly change: 'open'; readonly room: string }
  | { readonly key: string; readonly change: 'close'; readonly code: number }
  | { readonly key: string; readonly change: 'frame'; readonly data: string; readonly encoding: 'text' | 'base64' };

export interface SignalingServer {
  /** `ws://127.0.0.1:8080/` */
  readonly url: string;
  /** The page. */
  readonly pageUrl: string;
  readonly port: number;
  /** Names in the room of that path. */
  names(room?: string): readonly string[];
  close(): Promise<void>;
}

const MAX_PAYLOAD = 1024 * 1024;
const MAX_CLIENTS = 1_000;
/** Who does not read what is sent to it is cut off before it fills our memory. */
const MAX_BACKLOG = 16 * 1024 * 1024;

/** Starts it. Rejects with RenegoError `LISTEN_…` when the address cannot be used. */
export async function startServer(options: ServerOptions = {}): Promise<SignalingServer> {
  const host = options.host ?? '127.0.0.1';
  const http = createServer(answerWith(pageFor(options.spoken ?? 'both')));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxPayload ?? MAX_PAYLOAD,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('json') ? 'json' : ([...offered][0] ?? false)),
  });
  const rooms = createRooms(options.now ?? Date.now(), options.spoken);
  const clients = new Map<string, WebSocket>();
  let serial = 0;

  function deliver(deliveries: readonly Delivery[]): void {
    for (const { to, text } of deliveries) {
      const client = clients.get(to);
      if (client?.readyState !== client?.OPEN) continue;
      if ((client?.bufferedAmount ?? 0) > MAX_BACKLOG) client?.terminate();
      else client?.send(text);
    }
  }

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    serial += 1;
    const key = String(serial);
    clients.set(key, socket);
    socket.on('error', () => {});
    const room = roomOf(request.url);
    options.observe?.({ key, change: 'open', room });
    socket.on('message', (data: Buffer, isBinary) => {
      const encoding = isBinary ? 'base64' : 'text';
      options.observe?.({ key, change: 'frame', data: data.toString(isBinary ? 'base64' : 'utf8'), encoding });
      if (!isBinary) deliver(rooms.received(key, data.toString()));
    });
    socket.on('close', (code) => {
      options.observe?.({ key, change: 'close', code });
      clients.delete(key);
      deliver(rooms.left(key));
    });
    deliver(rooms.joined(key, room));
  });
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (clients.size >= MAX_CLIENTS) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  http.on('clientError', (_error, socket) => socket.destroy());

  await listen(http, options.port ?? 0, host);
  const { port } = http.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `ws://${shown}:${port}/`,
    pageUrl: `http://${shown}:${port}/`,
    port,
    names: (room = '/') => rooms.names(room),
    close() {
      for (const client of clients.values()) client.terminate();
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}

/** The path without query is the room. */
function roomOf(url: string | undefined): string {
  return (url ?? '/').split('?', 1)[0] || '/';
}

function answerWith(page: string): (request: IncomingMessage, response: ServerResponse) => void {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    } else if (roomOf(request.url) !== '/') {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Only / is here.\n');
    } else {
      response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : page);
    }
  };
}
