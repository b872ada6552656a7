/** HTTP for signaling: requests with their redirections, bounded in time and size, and streams of events. */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { RenegoError } from '../core/errors.ts';
import type { HttpRequest, HttpResponse } from '../protocols/protocol.ts';
import { describeSocketError, socketError } from './connect-error.ts';
import { flat, isStream, lowerCase, redirected } from './http-response.ts';
import { createEventStream } from './server-sent-events.ts';

export interface HttpOptions {
  /** Requests may be relative to it. Headers of the user go to its origin only. */
  readonly base: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
}

/** One direction of an exchange, as it went over the wire. */
export interface HttpMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly body: string;
  /** The same in a request and its response; a redirection is an exchange of its own. */
  readonly exchange: string;
}

export interface HttpEvents {
  /** Every request and response, redirections too. */
  passed(message: HttpMessage): void;
  /** What the request came to; `error` if there was no response. */
  ended(response: HttpResponse, error?: RenegoError): void;
  /** An event of a stream. */
  event(data: string): void;
}

export interface HttpCarrier {
  request(request: HttpRequest): void;
  /** Resolves when no request waits for its response, or after that many milliseconds. */
  drained(within: number): Promise<void>;
  /** Nothing is told any more, nothing is under way. */
  stop(): void;
}

/** A request that went out, for what comes back. */
interface Sent {
  readonly key: string;
  readonly exchange: string;
  readonly request: HttpRequest;
  readonly url: URL;
}

const RESPONSE_MS = 60_000;
const MAX_BODY = 4 * 1024 * 1024;
const MAX_HOPS = 5;

export function createHttpCarrier(options: HttpOptions, events: HttpEvents): HttpCarrier {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const waiting = new Set<string>();
  const running = new Set<{ destroy(): void }>();
  let idle: () => void = () => {};
  let stopped = false;

  function settle(key: string): void {
    waiting.delete(key);
    if (waiting.size === 0) idle();
  }

  function finish(key: string, response: HttpResponse, error?: RenegoError): void {
    if (stopped) return;
    events.ended(response, error);
    settle(key);
  }

  function fail(key: string, id: string, url: string, thrown: unknown): void {
    const { text } = describeSocketError(thrown);
    finish(key, { id, status: 0, headers: {}, body: '', error: text, url }, socketError(url, thrown));
  }

  function send(key: string, request: HttpRequest, url: URL, hops: number): void {
    const secure = url.protocol === 'https:';
    const own = url.origin === new URL(options.base).origin ? options.headers : {};
    const headers = lowerCase({ 'user-agent': 'renego', ...request.headers, ...own });
    const { method, body = '' } = request;
    const exchange = hops === 0 ? key : `${key}.${hops}`;
    events.passed({ method, url: url.href, headers, body, exchange });
    const sent = (secure ? requestHttps : requestHttp)(
      url,
      {
        method,
        headers: { ...headers, ...(body !== '' && { 'content-length': Buffer.byteLength(body) }) },
        agent: secure ? agents.https : agents.http,
        timeout: request.events ? 0 : RESPONSE_MS,
        ...(options.insecure && { rejectUnauthorized: false }),
      },
      (response) => {
        const next = redirected(request, response, url);
        if (next !== undefined && hops < MAX_HOPS) {
          response.resume();
          const redirection = { headers: flat(response), status: response.statusCode ?? 0, body: '' };
          events.passed({ method, url: url.href, ...redirection, exchange });
          send(key, next.request, next.url, hops + 1);
        } else if (request.events && isStream(response)) stream({ key, exchange, request, url }, response);
        else whole({ key, exchange, request, url }, response);
      },
    );
    running.add(sent);
    sent.on('timeout', () => sent.destroy(new Error('timed out')));
    sent.on('error', (error) => fail(key, request.id, url.href, error));
    sent.on('close', () => running.delete(sent));
    sent.end(body);
  }

  function whole({ key, exchange, request: { id, method }, url }: Sent, response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > MAX_BODY) response.destroy(new Error(`the response is longer than ${MAX_BODY / 1024 / 1024} MB`));
    });
    response.on('error', (error) => fail(key, id, url.href, error));
    response.on('end', () => {
      if (stopped) return;
      const told = { url: url.href, status: response.statusCode ?? 0, headers: flat(response) };
      const body = Buffer.concat(chunks).toString('utf8');
      events.passed({ method, ...told, body, exchange });
      finish(key, { id, ...told, body });
    });
  }

  function stream({ key, exchange, request: { id, method }, url }: Sent, response: IncomingMessage): void {
    const told = { url: url.href, status: response.statusCode ?? 0, headers: flat(response), body: '' };
    events.passed({ method, ...told, exchange });
    finish(key, { id, ...told });
    const parts = createEventStream();
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      try {
        for (const data of parts.push(piece)) if (!stopped) events.event(data);
      } catch (error) {
        response.destroy(error as Error);
      }
    });
    response.on('error', () => {});
    response.on('close', () => {
      finish(key, { ...told, id, status: 0, error: response.errored?.message ?? 'the stream of events ended' });
    });
  }

  let made = 0;
  return {
    request(request) {
      made += 1;
      const key = String(made);
      waiting.add(key);
      try {
        send(key, request, new URL(request.url, options.base), 0);
      } catch (error) {
        // An address or header that cannot be sent, put together from what a server said.
        queueMicrotask(() => fail(key, request.id, request.url, error));
      }
    },
    drained(within) {
      if (waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(resolve, within);
        idle = () => {
          clearTimeout(late);
          resolve();
        };
      });
    },
    stop() {
      stopped = true;
      for (const one of running) one.destroy();
      agents.http.destroy();
      agents.https.destroy();
      idle();
    },
  };
}
