/** The two ends of a connection through the proxy as bare sockets, so that every byte is seen. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Draft } from '../../../src/core/event.ts';
import type { ProxyOptions } from '../../../src/sources/proxy/options.ts';
import { openProxy, type ProxySource } from '../../../src/sources/proxy/proxy.ts';

/** Reads until the text is there; gives what came before it and behind it. */
export interface Bytes {
  /** Everything so far. */
  readonly all: Buffer;
  /** Resolves when at least so many bytes have come. */
  reach(size: number): Promise<Buffer>;
  readonly ended: Promise<unknown>;
}

export function bytesOf(socket: Socket): Bytes {
  const chunks: Buffer[] = [];
  let size = 0;
  let over = false;
  let look = () => {};
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    look();
  });
  for (const end of ['end', 'close']) {
    socket.on(end, () => {
      over = true;
      look();
    });
  }
  socket.on('error', () => {});
  socket.resume();
  return {
    get all() {
      return Buffer.concat(chunks);
    },
    reach: (wanted) =>
      new Promise((resolve) => {
        look = () => {
          if (size >= wanted || over) resolve(Buffer.concat(chunks));
        };
        look();
      }),
    ended: new Promise((resolve) => socket.once('close', resolve)),
  };
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

export interface RawServer {
  readonly url: string;
  /** The next connection, after its handshake. `head` is the request as it came. */
  accepted(): Promise<{ readonly socket: Socket; readonly bytes: Bytes; readonly head: string }>;
  close(): Promise<void>;
}

/** Accepts every handshake; `headers` are lines of the answer. `answer` is sent instead of all that. */
export async function rawServer(headers: readonly string[] = [], answer?: string): Promise<RawServer> {
  const waiting: ((socket: { socket: Socket; bytes: Bytes; head: string }) => void)[] = [];
  const ready: { socket: Socket; bytes: Bytes; head: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let head = '';
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read);
      socket.pause();
      const key = /sec-websocket-key: *(\S+)/i.exec(head)?.[1] ?? '';
      const accept = createHash('sha1')
        .update(key + GUID)
        .digest('base64');
      const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
      socket.write(answer ?? `${[...lines, `Sec-WebSocket-Accept: ${accept}`, ...headers].join('\r\n')}\r\n\r\n`);
      const rest = Buffer.from(head.slice(end + 4), 'latin1');
      if (rest.length > 0) socket.unshift(rest);
      const accepted = { socket, bytes: bytesOf(socket), head: head.slice(0, end) };
      const next = waiting.shift();
      if (next) next(accepted);
      else ready.push(accepted);
    };
    socket.on('data', read);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    accepted() {
      const next = ready.shift();
      return next ? Promise.resolve(next) : new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface RawClient {
  readonly socket: Socket;
  /** The answer's head. */
  readonly head: string;
  /** What came behind it. */
  readonly bytes: Bytes;
}

/** Does a handshake with a fixed key and stops at the end of the answer's head. */
export async function rawClient(url: string, headers: readonly string[] = []): Promise<RawClient> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const lines = [`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade'];
  const own = [`Sec-WebSocket-Key: ${KEY}`, 'Sec-WebSocket-Version: 13', ...headers];
  socket.write(`${[...lines, ...own].join('\r\n')}\r\n\r\n`);
  let head = '';
  while (!head.includes('\r\n\r\n')) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    head += chunk.toString('latin1');
  }
  socket.pause();
  const end = head.indexOf('\r\n\r\n') + 4;
  if (head.length > end) socket.unshift(Buffer.from(head.slice(end), 'latin1'));
  return { socket, head: head.slice(0, end), bytes: bytesOf(socket) };
}

export interface Running extends ProxySource {
  readonly drafts: Draft[];
  /** What is not to be listed. */
  readonly aside: Draft[];
  /** Resolves with the first draft that fits, also of those that came already. */
  told(fits: (draft: Draft) => boolean): Promise<Draft>;
  stop(): Promise<void>;
}

/** The proxy on a free port, with what it tells. */
export async function startProxy(url: string, options: Partial<ProxyOptions> = {}): Promise<Running> {
  const proxy = await openProxy({ url, host: '127.0.0.1', port: 0, ...options });
  const drafts: Draft[] = [];
  const aside: Draft[] = [];
  let count = 0;
  const waiting = new Set<() => void>();
  const ending = new AbortController();
  const done = proxy.start((draft, telling) => {
    count += 1;
    (telling?.aside ? aside : drafts).push(draft);
    for (const look of [...waiting]) look();
    return count;
  }, ending.signal);
  return Object.assign(proxy, {
    drafts,
    aside,
    told: (fits: (draft: Draft) => boolean) =>
      new Promise<Draft>((resolve) => {
        const look = () => {
          const found = drafts.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async stop() {
      ending.abort();
      await done;
    },
  });
}
