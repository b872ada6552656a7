/** What a replay that plays the server listens with: WebSockets, HTTP, and Engine.IO over both. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from '../listen.ts';
import type { CarrierEvents, Encoding, Sent, Sockets } from './carrier.ts';
import { versionOf } from './engine-io.ts';
import { createEngineClient, type EngineClient } from './engine-server.ts';
import { openEvents, wantsEvents } from './events-server.ts';
import { allow, createHttpDesk, type Refusal } from './http-server.ts';
import { createPlaces } from './places.ts';
import type { Lane, Script } from './script.ts';

export interface ServerSockets extends Sockets {
  readonly url: string;
  /** A request of today is the recorded one of that exchange. */
  matched(now: string, recorded: string): void;
  /** A request that the recording does not have gets the answer that comes nearest. */
  refuse(now: string): Refusal | undefined;
}

/** One client with a connection of its own. */
interface Client {
  send(raw: string, encoding: Encoding): boolean;
  /** Bytes or characters that wait to be sent. */
  backlog(): number;
  close(): void;
}

const FULL = 'the recording has no further connection';

/** Rejects with RenegoError `LISTEN_…`. */
export async function listenFor(
  script: Script,
  { host, port }: { readonly host: string; readonly port: number },
  events: CarrierEvents,
): Promise<ServerSockets> {
  const places = createPlaces(script);
  const clients = new Map<string, Client>();
  const engines = new Map<string, EngineClient>();
  const desk = createHttpDesk(places, events);
  const http = createServer(requested);
  const sockets = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  sockets.on('connection', (socket, { url = '/' }) => connected(socket, url));

  function requested(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/', method } = request;
    if (!/[?&]EIO=\d/.test(url)) {
      if (script.lanes.some(({ carrier }) => carrier === 'events') && wantsEvents(request)) streamed(request, response);
      else if (script.lanes.some(({ carrier }) => carrier === 'http' || carrier === 'events'))
        desk.take(request, response);
      else upgradeWanted(response);
      return;
    }
    if (method === 'OPTIONS') {
      allow(request, response);
      response.writeHead(204).end();
      return;
    }
    const sid = sidOf(url);
    const engine = sid === undefined ? begun(url, 'polling') : engines.get(sid);
    if (engine !== undefined) engine.request(request, response);
    else {
      allow(request, response);
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ code: 1, message: sid === undefined ? FULL : 'Session ID unknown' }));
    }
  }

  function streamed(request: IncomingMessage, response: ServerResponse): void {
    const stream = openEvents(request, response, places, events);
    if (stream === undefined) return;
    clients.set(stream.key, stream.listener);
    events.open(stream.key, request.url ?? '/');
  }

  /** An Engine.IO client that comes anew. */
  function begun(url: string, kind: 'socket' | 'polling'): EngineClient | undefined {
    const lane = places.take(kind, url);
    if (lane === undefined) return undefined;
    const engine = createEngineClient(versionOf(url), {
      heard: (raw, encoding) => events.heard(lane.key, raw, encoding),
      named: (sid) => engines.set(sid, engine),
      closed: (code, reason) => events.closed(lane.key, code, reason),
    });
    clients.set(lane.key, engine);
    // Only when it has what it will be answered by.
    queueMicrotask(() => events.open(lane.key, url));
    return engine;
  }

  function connected(socket: WebSocket, url: string): void {
    socket.on('error', () => {});
    if (/[?&]EIO=\d/.test(url)) {
      const sid = sidOf(url);
      const engine = sid === undefined ? begun(url, 'socket') : engines.get(sid);
      if (engine === undefined) socket.close(1013, FULL);
      else engine.upgrade(socket);
      return;
    }
    const lane = places.take('socket', url);
    if (lane === undefined) socket.close(1013, FULL);
    else plainSocket(socket, lane, url);
  }

  function plainSocket(socket: WebSocket, { key }: Lane, url: string): void {
    clients.set(key, {
      send(raw, encoding) {
        if (socket.readyState !== socket.OPEN) return false;
        socket.send(encoding === 'text' ? raw : Buffer.from(raw, 'base64'));
        return true;
      },
      backlog: () => socket.bufferedAmount,
      close: () => socket.close(1000),
    });
    socket.on('message', (data: Buffer, isBinary) =>
      events.heard(key, data.toString(isBinary ? 'base64' : 'utf8'), isBinary ? 'base64' : 'text'),
    );
    socket.on('close', (code, reason) => events.closed(key, code, reason.toString()));
    events.open(key, url);
  }

  await listen(http, port, host);
  const address = http.address() as AddressInfo;
  const scheme = script.lanes.every(({ carrier }) => /^(?:http|polling|events)$/.test(carrier)) ? 'http' : 'ws';
  return {
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}/`,
    open: () => {},
    end: (lane) => clients.get(lane)?.close(),
    send: (step, raw): Sent | undefined => {
      if (step.http !== undefined) return desk.answer(step, raw);
      return clients.get(step.lane)?.send(raw, step.encoding) === true ? {} : undefined;
    },
    backlogOf: (lane) => clients.get(lane)?.backlog() ?? 0,
    matched: desk.matched,
    refuse: desk.refuse,
    close() {
      for (const client of clients.values()) client.close();
      http.closeIdleConnections();
      const cut = setTimeout(() => {
        desk.close();
        for (const socket of sockets.clients) socket.terminate();
        http.closeAllConnections();
      }, 500);
      return new Promise((resolve) => {
        sockets.close();
        http.close(() => {
          clearTimeout(cut);
          resolve();
        });
      });
    },
  };
}

const sidOf = (url: string): string | undefined => /[?&]sid=([^&]+)/.exec(url)?.[1];

function upgradeWanted(response: ServerResponse): void {
  response.writeHead(426, { 'Content-Type': 'text/plain; charset=utf-8' }).end('renego replays a WebSocket here.\n');
}
