/** The signaling connection as a client: one WebSocket, and after it was open once, its successors. */
import { WebSocket } from 'ws';
import type { RenegoError } from '../core/errors.ts';
import type { Frame } from '../protocols/protocol.ts';
import { retryDelay } from './backoff.ts';
import { describeSocketError, httpError, isHangUp, signalingUrl, socketError } from './connect-error.ts';
import { watchSilence } from './silence.ts';

export interface LinkOptions {
  readonly url: string;
  readonly subprotocols?: readonly string[];
  /** Asked for in place of the others when the first handshake is refused: servers drop who misses theirs. */
  readonly otherSubprotocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  /** Connect again when the server goes away. */
  readonly reconnect?: boolean;
  /** Bytes; a longer frame ends the connection with code 1009. */
  readonly maxPayload?: number;
  /** Milliseconds of silence after which the server is asked whether it is still there; as long again to answer. */
  readonly pingInterval?: number;
  /** 0 to 1. */
  readonly random?: () => number;
}

export type LinkChange =
  | { readonly change: 'connecting'; readonly url: string }
  | { readonly change: 'open'; readonly url: string; readonly subprotocol: string }
  | { readonly change: 'close'; readonly code: number; readonly reason: string }
  | { readonly change: 'error'; readonly reason: string }
  | { readonly change: 'retry'; readonly delay: number };

export interface LinkEvents {
  changed(change: LinkChange): void;
  /** The first connection failed: there will be no other. */
  failed(error: RenegoError): void;
  /** Closed by the server, and not to be opened again. */
  over(): void;
  received(frame: Frame): void;
}

export interface Link {
  open(): void;
  readonly isOpen: boolean;
  /** Bytes that wait to be sent. */
  readonly backlog: number;
  /** False if the link is not open. `base64` goes out as a binary message. */
  send(data: string, encoding?: Frame['encoding']): boolean;
  /** The server let us in: the next failure starts with a short delay again. */
  settled(): void;
  /** As if the network had gone: the socket ends without a goodbye. */
  cut(): void;
  /** For good. Resolves when the socket is closed. */
  close(): Promise<void>;
}

/** What servers answer to a handshake without their subprotocol, if anything. */
const MISSING_SUBPROTOCOL: ReadonlySet<number> = new Set([400, 403, 426, 500, 501]);
const HANDSHAKE_MS = 10_000;
const CLOSE_MS = 500;
const PING_MS = 15_000;
const MAX_PAYLOAD = 32 * 1024 * 1024;

function toFrame(data: unknown, isBinary: boolean): Frame {
  const bytes = Array.isArray(data) ? Buffer.concat(data as Buffer[]) : Buffer.from(data as ArrayBuffer);
  return {
    data: bytes.toString(isBinary ? 'base64' : 'utf8'),
    encoding: isBinary ? 'base64' : 'text',
    direction: 'in',
  };
}

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createLink(options: LinkOptions, events: LinkEvents): Link {
  const url = signalingUrl(options.url);
  let subprotocols = [...(options.subprotocols ?? [])];
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let others = options.otherSubprotocols;
  let everOpen = false;
  let attempt = 0;
  let closing = false;

  function again(): void {
    if (closing) return;
    if (options.reconnect === false) {
      events.over();
      return;
    }
    const delay = retryDelay(attempt, (options.random ?? Math.random)());
    attempt += 1;
    events.changed({ change: 'retry', delay });
    timer = setTimeout(dial, delay);
  }

  /** This attempt came to nothing. */
  function missed(error: RenegoError, thrown: string): void {
    if (closing) return;
    events.changed({ change: 'error', reason: thrown });
    if (everOpen) again();
    else events.failed(error);
  }

  /** Asks once more, for other subprotocols, where that may have been why; false if there is nothing else to ask for. */
  function askElse(): boolean {
    if (others === undefined || everOpen || closing) return false;
    subprotocols = [...others];
    others = undefined;
    dial();
    return true;
  }

  function dial(): void {
    events.changed({ change: 'connecting', url });
    const now = new WebSocket(url, subprotocols, {
      headers: options.headers ?? {},
      rejectUnauthorized: !options.insecure,
      maxPayload: options.maxPayload ?? MAX_PAYLOAD,
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
    });
    socket = now;
    const interval = options.pingInterval ?? PING_MS;
    const watch = watchSilence(now, interval, () => {
      events.changed({ change: 'error', reason: `the server does not answer (silent for ${(2 * interval) / 1000} s)` });
      now.terminate();
    });
    let opened = false;
    let settled = false;
    now.on('open', () => {
      opened = true;
      everOpen = true;
      watch.start();
      events.changed({ change: 'open', url, subprotocol: now.protocol });
    });
    now.on('message', (data, isBinary) => events.received(toFrame(data, isBinary)));
    now.on('unexpected-response', (request, response) => {
      if (settled) return;
      settled = true;
      request.destroy();
      const status = response.statusCode ?? 0;
      if (MISSING_SUBPROTOCOL.has(status) && askElse()) return;
      missed(httpError(url, status), `HTTP ${status}`);
    });
    now.on('error', (error) => {
      const { text } = describeSocketError(error);
      if (opened) events.changed({ change: 'error', reason: text });
      if (opened || settled) return;
      settled = true;
      if (text === 'Server sent no subprotocol' && !closing) {
        // Browsers accept a server that picks none of the subprotocols; so does renego.
        subprotocols = [];
        dial();
        return;
      }
      if (isHangUp(error) && askElse()) return;
      missed(socketError(url, error), text);
    });
    now.on('close', (code, reason) => {
      watch.stop();
      if (!opened) return;
      events.changed({ change: 'close', code, reason: reason.toString() });
      again();
    });
  }

  return {
    open: dial,
    get isOpen() {
      return socket?.readyState === WebSocket.OPEN;
    },
    get backlog() {
      return socket?.bufferedAmount ?? 0;
    },
    send(data, encoding) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(encoding === 'base64' ? Buffer.from(data, 'base64') : data);
      return true;
    },
    settled() {
      attempt = 0;
    },
    cut: () => socket?.terminate(),
    close() {
      closing = true;
      clearTimeout(timer);
      const last = socket;
      if (!last || last.readyState === WebSocket.CLOSED) return Promise.resolve();
      return new Promise((resolve) => {
        let cut = setTimeout(() => {
          last.terminate();
          // What was heard last may hold it up for ever.
          cut = setTimeout(resolve, CLOSE_MS);
        }, CLOSE_MS);
        last.once('close', () => {
          clearTimeout(cut);
          resolve();
        });
        last.close(1000);
      });
    },
  };
}
