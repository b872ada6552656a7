/** What carries a protocol's client: one WebSocket, HTTP requests, timers. Nothing here knows what is said. */
import type { RenegoError } from '../core/errors.ts';
import type { Frame, HttpRequest, HttpResponse } from '../protocols/protocol.ts';
import { retryDelay } from './backoff.ts';
import { requestUrl } from './connect-error.ts';
import { createHttpCarrier, type HttpCarrier, type HttpMessage } from './http-carrier.ts';
import { createLineWire } from './line-wire.ts';
import { createLink, type Link, type LinkChange, type LinkOptions } from './link.ts';
import type { LinePort } from './pasted.ts';

export interface WireOptions extends LinkOptions {
  /** What is opened first: a WebSocket to the address, nothing, or lines. */
  readonly carrier: 'websocket' | 'http' | 'lines';
  /** For the carrier `lines`. */
  readonly lines?: LinePort;
}

export interface WireEvents {
  /** Time for a fresh client: the WebSocket is open, or nothing had to be opened. */
  begin(subprotocol: string): void;
  /** The WebSocket is open that the client asked for. */
  connected(): void;
  changed(change: LinkChange): void;
  received(frame: Frame): void;
  /** A request or response went over the wire. */
  passed(message: HttpMessage): void;
  /** What a request came to; `error` if there was no response. */
  responded(response: HttpResponse, error?: RenegoError): void;
  woken(id: string): void;
  /** The first connection failed: there will be no other. */
  failed(error: RenegoError): void;
  /** Closed by the server, and not to be opened again. */
  over(): void;
}

export interface Wire {
  start(): void;
  readonly isOpen: boolean;
  /** False if no WebSocket is open. */
  send(raw: string, encoding?: Frame['encoding']): boolean;
  request(request: HttpRequest): void;
  open(url: string, subprotocols: readonly string[]): void;
  wake(id: string, after: number): void;
  /** The server let us in: the next failure starts with a short delay again. */
  settled(): void;
  /** Another client takes over: what the last one asked for does not reach it. */
  reset(): void;
  /** Ends the WebSocket as if the network had gone. */
  cut(): void;
  /** Lets requests under way come to their end, but no longer than that many milliseconds; then closes everything. */
  close(within: number): Promise<void>;
}

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createWire(options: WireOptions, events: WireEvents): Wire {
  return options.carrier === 'lines' ? createLineWire(options, events) : createNetWire(options, events);
}

function createNetWire(options: WireOptions, events: WireEvents): Wire {
  const timers = new Map<string, NodeJS.Timeout>();
  let again: NodeJS.Timeout | undefined;
  let attempt = 0;
  let everIn = false;
  let closing = false;
  let link: Link | undefined;

  if (options.carrier === 'websocket') {
    link = createLink(options, {
      changed(change) {
        events.changed(change);
        if (change.change === 'open') events.begin(change.subprotocol);
      },
      received: events.received,
      failed: events.failed,
      over: events.over,
    });
  }
  const base = requestUrl(options.url);
  let http = connectHttp();

  function connectHttp(): HttpCarrier {
    return createHttpCarrier(
      { ...options, base },
      {
        passed: events.passed,
        ended: events.responded,
        event: (data) => events.received({ data, encoding: 'text', direction: 'in' }),
      },
    );
  }

  /** A WebSocket whose address came by HTTP cannot just be opened again: everything has to begin anew. */
  function lost(error?: RenegoError): void {
    if (closing) return;
    if (error !== undefined && !everIn) events.failed(error);
    else if (options.reconnect === false) events.over();
    else {
      const delay = retryDelay(attempt, (options.random ?? Math.random)());
      attempt += 1;
      events.changed({ change: 'retry', delay });
      again = setTimeout(() => events.begin(''), delay);
    }
  }

  function reset(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    http.stop();
    http = connectHttp();
  }

  return {
    start() {
      if (link) link.open();
      else events.begin('');
    },
    get isOpen() {
      return link?.isOpen ?? false;
    },
    send: (raw, encoding) => link?.send(raw, encoding) ?? false,
    request: (request) => http.request(request),
    open(url, subprotocols) {
      void link?.close();
      const address = new URL(url, base).href.replace(/^http/, 'ws');
      const own = createLink(
        { ...options, url: address, subprotocols, reconnect: false },
        {
          changed(change) {
            // The end of one that has a successor would look like the end of the conversation.
            if (link !== own) return;
            events.changed(change);
            if (change.change === 'open') events.connected();
          },
          received: events.received,
          failed: lost,
          over: () => lost(),
        },
      );
      link = own;
      link.open();
    },
    wake(id, after) {
      clearTimeout(timers.get(id));
      const timer = setTimeout(() => {
        timers.delete(id);
        events.woken(id);
      }, after);
      timers.set(id, timer);
    },
    settled() {
      everIn = true;
      attempt = 0;
      link?.settled();
    },
    reset,
    cut: () => link?.cut(),
    async close(within) {
      closing = true;
      clearTimeout(again);
      for (const timer of timers.values()) clearTimeout(timer);
      await http.drained(within);
      http.stop();
      await link?.close();
    },
  };
}
