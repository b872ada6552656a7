/** The handshake of a WebSocket, passed on to the server; what is not accepted there is not accepted here. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { readExtensions } from './compression.ts';
import { begin } from './exchange.ts';
import { type Failure, failureOf, goneEarly, noUpgrade, unfit } from './failure.ts';
import {
  asText,
  headerOf,
  headText,
  type Names,
  requestHeaders,
  responseHeaders,
  targetOf,
  without,
} from './headers.ts';
import { localOf } from './http-facts.ts';
import { passInterim } from './interim.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';
import type { Upstream } from './upstream.ts';
import type { About, Ends } from './wire.ts';

export interface Handshake {
  readonly request: IncomingMessage;
  readonly socket: RemoteSocket;
  readonly head: Buffer;
  readonly names: Names;
}

export interface Outcome {
  opened(ends: Ends, about: Omit<About, 'party' | 'link'>): void;
  /** Also by the app, which has gone. `status` is that of the server's answer; 0 if it gave none. */
  refused(failure: Failure, status: number): void;
  /** Neither has happened for long. */
  silent(why: string): void;
}

/** `silence`: milliseconds a handshake may wait before that is told. */
export function passUpgrade(
  { request, socket, head, names }: Handshake,
  upstream: Upstream,
  silence: number,
  outcome: Outcome,
): void {
  const path = targetOf(request.url, names);
  const url = upstream.origin.replace(/^http/, 'ws') + localOf(path);
  const outgoing = upstream.request('GET', path, requestHeaders(request.rawHeaders, names), true);
  let settled = false;
  passInterim(outgoing, { request, names }, () => (settled ? undefined : socket));
  const silent = setTimeout(
    () => outcome.silent(`${url} has not answered the handshake for ${Math.round(silence / 100) / 10} s`),
    silence,
  ).unref();
  const once = (what: () => void) => {
    if (settled) return;
    settled = true;
    clearTimeout(silent);
    what();
  };
  socket.on('error', () => outgoing.destroy());
  socket.on('close', () =>
    once(() => {
      outgoing.destroy();
      outcome.refused(goneEarly(url), 0);
    }),
  );
  outgoing.on('upgrade', (answer: IncomingMessage, other: RemoteSocket, otherHead: Buffer) => {
    if (settled) {
      other.destroy();
      return;
    }
    once(() => {});
    socket.write(headText(answer, names), 'latin1');
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
      if (status < 100) {
        answer.destroy();
        refuse(unfit(upstream, status));
        return;
      }
      outcome.refused(noUpgrade(url, answer), status);
      const response = new ServerResponse(request);
      response.assignSocket(socket as unknown as Socket);
      response.shouldKeepAlive = false;
      begin({ response }, answer, responseHeaders(answer.rawHeaders, names));
      answer.pipe(response);
      response.on('finish', () => socket.end());
      answer.on('error', () => socket.destroy());
    }),
  );
  outgoing.on('error', (error) => once(() => refuse(failureOf(error, upstream))));
  function refuse(failure: Failure): void {
    outcome.refused(failure, 0);
    const body = `renego proxy: ${failure.why}\n`;
    const length = Buffer.byteLength(body);
    socket.end(
      `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  outgoing.end();
}

/** All values of a header that may be there more than once. */
function headersOf(raw: readonly string[], wanted: string): string | undefined {
  const values = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === wanted);
  return values.length === 0 ? undefined : values.join(', ');
}

/**
 * Whoever offers another protocol (HTTP/2 without TLS, as some clients do with every request) takes HTTP/1.1 too, and a
 * server need not answer the offer (RFC 9110, section 7.8): the request is read again without it.
 */
export function withoutOffer({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  return asText(`${method} ${url} HTTP/${httpVersion}`, without(rawHeaders, OFFER));
}

const OFFER = new Set(['upgrade', 'http2-settings', 'connection']);
