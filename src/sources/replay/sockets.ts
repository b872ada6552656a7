/** The connections of a replay: those it opens as the client, or those that come to it as the server. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createLink, type LinkOptions } from '../link.ts';
import { listen } from '../listen.ts';

export interface SocketEvents {
  open(lane: string, url: string): void;
  heard(lane: string, raw: string, encoding: 'text' | 'base64'): void;
  closed(lane: string, code: number, reason: string): void;
  failed(error: Error): void;
}

export interface Sockets {
  send(lane: string, raw: string, encoding: 'text' | 'base64'): boolean;
  close(): Promise<void>;
}

/** A connection of a recording to be opened. */
export interface Dial extends LinkOptions {
  readonly lane: string;
}

export function dialAll(dials: readonly Dial[], events: SocketEvents): Sockets {
  const links = new Map(
    dials.map(({ lane, ...options }) => {
      const link = createLink(
        { ...options, reconnect: false },
        {
          changed(change) {
            if (change.change === 'open') events.open(lane, options.url);
            if (change.change === 'close') events.closed(lane, change.code, change.reason);
          },
          received: ({ data, encoding }) => events.heard(lane, data, encoding),
          failed: events.failed,
          over: () => {},
        },
      );
      return [lane, link] as const;
    }),
  );
  for (const link of links.values()) link.open();
  return {
    send: (lane, raw, encoding) => links.get(lane)?.send(raw, encoding) ?? false,
    async close() {
      await Promise.all([...links.values()].map((link) => link.close()));
    },
  };
}

export interface Listening extends Sockets {
  readonly url: string;
}

/** Who connects takes the next lane that nobody has. Rejects with RenegoError `LISTEN_…`. */
export async function listenFor(
  lanes: readonly string[],
  { host, port }: { readonly host: string; readonly port: number },
  events: SocketEvents,
): Promise<Listening> {
  const free = [...lanes];
  const sockets = new Map<string, WebSocket>();
  const http = createServer((_request, response) => {
    response.writeHead(426, { 'Content-Type': 'text/plain; charset=utf-8' }).end('renego replays a WebSocket here.\n');
  });
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('connection', (socket, request) => {
    const lane = free.shift();
    socket.on('error', () => {});
    if (lane === undefined) {
      socket.close(1013, 'the recording has no further connection');
      return;
    }
    sockets.set(lane, socket);
    socket.on('message', (data: Buffer, isBinary) =>
      events.heard(lane, data.toString(isBinary ? 'base64' : 'utf8'), isBinary ? 'base64' : 'text'),
    );
    socket.on('close', (code, reason) => events.closed(lane, code, reason.toString()));
    events.open(lane, request.url ?? '/');
  });
  await listen(http, port, host);
  const address = http.address() as AddressInfo;
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${address.port}/`,
    send(lane, raw, encoding) {
      const socket = sockets.get(lane);
      if (socket?.readyState !== socket?.OPEN) return false;
      socket?.send(encoding === 'text' ? raw : Buffer.from(raw, 'base64'));
      return socket !== undefined;
    },
    close() {
      for (const socket of sockets.values()) socket.close(1000);
      const cut = setTimeout(() => {
        for (const socket of sockets.values()) socket.terminate();
      }, 500);
      return new Promise((resolve) => {
        server.close();
        http.close(() => {
          clearTimeout(cut);
          resolve();
        });
      });
    },
  };
}
