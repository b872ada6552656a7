/** The WebSocket to the browser. */
import { WebSocket } from 'ws';
import { RenegoError } from '../../core/errors.ts';
import { describeSocketError } from '../connect-error.ts';

export interface Channel {
  send(text: string): void;
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<void>;
  close(): void;
}

const HANDSHAKE_MS = 20_000;
const CLOSE_MS = 1000;
/** One message may hold the whole body of a response. */
const LARGEST = 256 * 1024 * 1024;

/** Rejects with RenegoError `connect`/`NO_BROWSER`. */
export function openChannel(url: string, received: (text: string) => void): Promise<Channel> {
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
      reject(new RenegoError('connect', 'NO_BROWSER', `the browser at ${url} cannot be attached to: ${text}`));
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
