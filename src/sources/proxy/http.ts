/** An HTTP exchange passed on as it streams; a copy of its bodies is looked at. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Names, requestHeaders, responseHeaders } from './headers.ts';
import type { Tee } from './http-tee.ts';
import { type Upstream, whyUnreachable } from './upstream.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly names: Names;
  readonly tee: Tee;
}

/** Methods that may be sent again where a kept connection turned out to be dead. */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function passExchange(exchange: Exchange, upstream: Upstream): void {
  const { request, response, names, tee } = exchange;
  const method = request.method ?? 'GET';
  const headers = requestHeaders(request.rawHeaders, names);
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  // Node would send an empty body in chunks, which some servers do not take.
  if (!hasBody && /^(?:POST|PUT|PATCH)$/.test(method)) headers.push('Content-Length', '0');
  tee.request(request);

  function send(again: boolean): void {
    const outgoing = upstream.request(method, request.url ?? '/', headers);
    outgoing.on('response', (answer) => passAnswer(exchange, answer));
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (again && outgoing.reusedSocket && error.code === 'ECONNRESET' && !response.headersSent) send(false);
      else fail(exchange, whyUnreachable(error, upstream));
    });
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    if (hasBody) request.pipe(outgoing);
    else outgoing.end();
  }
  send(!hasBody && REPEATABLE.has(method));
}

function passAnswer({ response, names, tee }: Exchange, answer: IncomingMessage): void {
  response.sendDate = false;
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, responseHeaders(answer.rawHeaders, names));
  // A stream of events may say nothing for long, but that it is there.
  response.flushHeaders();
  tee.response(answer);
  // Before the pipe ends the response.
  answer.on('end', () => {
    if (answer.rawTrailers.length > 0) response.addTrailers(pairs(answer.rawTrailers));
  });
  answer.pipe(response);
  answer.on('error', () => response.destroy());
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
}

function fail({ response, tee }: Exchange, why: string): void {
  if (response.destroyed) return;
  tee.failed(why);
  if (response.headersSent) response.destroy();
  else response.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`renego proxy: ${why}\n`);
}
