/** The WebSocket to the browser. */
import { WebSocket } from 'ws';
import { RenegoError } from '../../core/errors.ts';
import { describeSocketError } from '../connect-error.ts';
import type { Endpoint } from './endpoint.ts';

export interface Channel {
  send(text: string): void;
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Chrome may ask its user first. */
const HANDSHAKE_MS = 60_000;
const CLOSE_MS = 1000;
/** One message may hold the whole body of a response. */
const LARGEST = 256 * 1024 * 1024;

/** Chrome from 144 on, where its user has allowed it at that page: it listens, but tells nobody its address. */
const ALLOWED =
  'Or is it a Chrome whose user has allowed debugging at chrome://inspect/#remote-debugging? Then give its whole address: ' +
  'ws://<host>:<port> and the second line of the file DevToolsActivePort in its profile.';

/** Rejects with RenegoError `connect`/`NO_BROWSER`. */
export function openChannel({ url, assumed }: Endpoint, received: (text: string) => void): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: LARGEST,
      perMessageDeflate: false,
    });
    const closed = new Promise<void>((done) => socket.once('close', () => done()));
    socket.on('message', (data, isBinary) => {
      if (!isBinary) received(String(data));
    });
    socket.on('error', (error) => {
      const { text } = describeSocketError(error);
      const { host } = new URL(url);
      const [message, hint] = assumed
        ? [`what answers at ${host} is no browser that can be attached to: ${text}`, `Check the port. ${ALLOWED}`]
        : [`the browser at ${url} cannot be attached to: ${text}`, undefined];
      reject(new RenegoError('connect', 'NO_BROWSER', message, hint));
    });
    socket.once('open', () =>
      resolve({
        send(text) {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        closed,
        close() {
          socket.close();
          setTimeout(() => socket.terminate(), CLOSE_MS).unref();
        },
      }),
    );
  });
}
