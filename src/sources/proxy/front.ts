/** The HTTP side that the app talks to: what is a request goes on, and who sends what can go no further is told why. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { asText } from './headers.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';
import { withoutOffer } from './upgrade.ts';
import { MAX_HEADERS } from './upstream.ts';

export interface FrontEvents {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: RemoteSocket, head: Buffer): void;
  /** Once for each kind of it. `why` is a sentence. */
  turnedAway(why: string): void;
}

/** Gets its connections by its event `connection`. */
export function createFront({ request, upgrade, turnedAway }: FrontEvents): Server {
  // A long poll or a stream of events may last as long as it likes.
  const server = createServer({ maxHeaderSize: MAX_HEADERS, requestTimeout: 0, keepAliveTimeout: 60_000 });
  server.maxHeadersCount = 0;
  /** Connections with an answer on its way, into which no other one must be put. */
  const busy = new WeakSet<object>();
  const said = new Set<string>();

  // Also what waits for a 100 (Continue), or expects something else: it is for the server to answer.
  for (const event of ['request', 'checkContinue', 'checkExpectation']) {
    server.on(event, (asked: IncomingMessage, response: ServerResponse) => {
      const { socket } = asked;
      busy.add(socket);
      response.once('close', () => busy.delete(socket));
      request(asked, response);
    });
  }
  server.on('upgrade', (asked: IncomingMessage, socket: unknown, head: Buffer) => {
    if (/^\s*h2c\s*$/i.test(asked.headers.upgrade ?? '')) {
      (socket as RemoteSocket).unshift(Buffer.concat([Buffer.from(withoutOffer(asked), 'latin1'), head]));
      server.emit('connection', socket);
    } else upgrade(asked, socket as RemoteSocket, head);
  });
  server.on('connect', ({ url = '' }: IncomingMessage, socket: unknown) => {
    const why = `it is asked for a way to ${url.slice(0, 80)} (CONNECT), as if it were there for all servers: it stands before one, and its address goes into the app instead of that server's`;
    turnAway(socket as RemoteSocket, { kind: 'CONNECT', status: '501 Not Implemented', why });
  });
  server.on('clientError', (error: Refused, socket: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined || busy.has(socket as object)) (socket as RemoteSocket).destroy();
    else turnAway(socket as RemoteSocket, refusal);
  });

  function turnAway(socket: RemoteSocket, { kind, status, why }: Refusal): void {
    socket.on('error', () => {});
    if (!said.has(kind)) turnedAway(why);
    said.add(kind);
    if (!socket.writable) return;
    const body = `renego proxy: ${why}\n`;
    const headers = ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(body))];
    socket.end(asText(`HTTP/1.1 ${status}`, [...headers, 'Connection', 'close']) + body);
    socket.destroySoon();
  }

  return server;
}

interface Refusal {
  readonly kind: string;
  readonly status: string;
  readonly why: string;
}

type Refused = NodeJS.ErrnoException & { readonly rawPacket?: Buffer; readonly reason?: string };

/** The first byte of TLS (RFC 8446, section 5.1: a handshake). */
const TLS = 0x16;

/** Undefined where nobody asked for anything: the connection has failed. */
function refusalOf({ code = '', message, reason = message, rawPacket }: Refused): Refusal | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const why = `the headers of a request are larger than ${MAX_HEADERS / 1024} KiB: too many cookies, perhaps`;
    return { kind: code, status: '431 Request Header Fields Too Large', why };
  }
  if (!code.startsWith('HPE_')) return undefined;
  if (rawPacket?.[0] === TLS) {
    const why = 'the app speaks TLS to it: give it the address as it is printed, or start the proxy with --tls';
    return { kind: 'TLS', status: '400 Bad Request', why };
  }
  return { kind: code, status: '400 Bad Request', why: `what the app has sent is no request in HTTP: ${reason}` };
}
