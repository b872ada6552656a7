/** The handshake of a WebSocket, passed on to the server; what is not accepted there is not accepted here. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { readExtensions } from './compression.ts';
import { headerOf, type Names, requestHeaders, responseHeaders } from './headers.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';
import { type Upstream, whyUnreachable } from './upstream.ts';
import type { About, Ends } from './wire.ts';

export interface Handshake {
  readonly request: IncomingMessage;
  readonly socket: RemoteSocket;
  readonly head: Buffer;
  readonly names: Names;
}

export interface Outcome {
  opened(ends: Ends, about: Omit<About, 'party' | 'link'>): void;
  /** `status` is 0 if the server could not be reached. */
  refused(status: number, why: string): void;
}

export function passUpgrade({ request, socket, head, names }: Handshake, upstream: Upstream, outcome: Outcome): void {
  const path = request.url ?? '/';
  const url = upstream.origin.replace(/^http/, 'ws') + path;
  const outgoing = upstream.request('GET', path, requestHeaders(request.rawHeaders, names), true);
  let settled = false;
  const once = (what: () => void) => {
    if (settled) return;
    settled = true;
    what();
  };
  socket.on('error', () => outgoing.destroy());
  socket.on('close', () => once(() => outgoing.destroy()));
  outgoing.on('upgrade', (answer: IncomingMessage, other: RemoteSocket, otherHead: Buffer) => {
    if (settled) {
      other.destroy();
      return;
    }
    settled = true;
    socket.write(headText(answer, names));
    const subprotocol = headerOf(answer.rawHeaders, 'sec-websocket-protocol');
    outcome.opened(
      { client: socket, upstream: other, clientHead: head, upstreamHead: otherHead },
      {
        url,
        ...(subprotocol !== undefined && { subprotocol }),
        agreed: readExtensions(headersOf(answer.rawHeaders, 'sec-websocket-extensions')),
      },
    );
  });
  outgoing.on('response', (answer) =>
    once(() => {
      const status = answer.statusCode ?? 0;
      outcome.refused(status, `HTTP ${status} ${answer.statusMessage ?? ''}`.trimEnd());
      const response = new ServerResponse(request);
      response.assignSocket(socket as unknown as Socket);
      response.sendDate = false;
      response.shouldKeepAlive = false;
      response.writeHead(status, answer.statusMessage, responseHeaders(answer.rawHeaders, names));
      answer.pipe(response);
      response.on('finish', () => socket.end());
      answer.on('error', () => socket.destroy());
    }),
  );
  outgoing.on('error', (error) =>
    once(() => {
      const why = whyUnreachable(error, upstream);
      outcome.refused(0, why);
      const body = `renego proxy: ${why}\n`;
      const length = Buffer.byteLength(body);
      socket.end(
        `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
      );
    }),
  );
  outgoing.end();
}

/** The server's answer as it came, but for its names. */
function headText({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage, names: Names): string {
  const headers = responseHeaders(rawHeaders, names);
  const lines = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []));
  return `${[`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, ...lines].join('\r\n')}\r\n\r\n`;
}

/** All values of a header that may be there more than once. */
function headersOf(raw: readonly string[], wanted: string): string | undefined {
  const values = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === wanted);
  return values.length === 0 ? undefined : values.join(', ');
}
