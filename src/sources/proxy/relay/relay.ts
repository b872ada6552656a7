/** The relay as the rest of the proxy sees it: sockets as streams, pairs of them that are joined, and the tape of those. */
import { existsSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { RenegoError } from '../../../core/errors.ts';
import type { Later } from '../later.ts';
import type { Address, Fault, FromRelay, Marked, SocketId } from './messages.ts';
import { HEAD, RECORD, recordsOf, type TapeRecord } from './records.ts';
import { type Post, RemoteSocket } from './remote-socket.ts';
import { serveRelay } from './serve.ts';

export interface RelayEvents {
  accepted(socket: RemoteSocket): void;
  /** More passes than can be read at once. `at` in milliseconds since 1970. */
  behind(at: number): void;
  /** It has been read; so many bytes waited. */
  caughtUp(waited: number, at: number): void;
  /** The thread has broken off: nothing passes any more. RenegoError `PROXY_BROKE`. */
  failed(error: RenegoError): void;
}

export interface Relay {
  /** The port. Rejects with the error of `listen`. */
  listen(at: Address, tls?: { readonly key: string; readonly cert: string }): Promise<number>;
  dial(to: Address, tls?: { readonly insecure: boolean }): RemoteSocket;
  /**
   * From a moment on, when everything before it has been written, the two get each other's bytes; copies come to their
   * watchers. Not if `wanted` says no then.
   */
  join(a: RemoteSocket, b: RemoteSocket, wanted: () => boolean): void;
  part(a: RemoteSocket, b: RemoteSocket): void;
  /**
   * Closes every socket. Resolves when everything that passed has come to be read, or after `patience` milliseconds: with
   * how many bytes have not.
   */
  close(patience: number): Promise<number>;
}

interface Thread {
  readonly post: Post;
  end(): Promise<unknown>;
}

export function openRelay(later: Later, events: RelayEvents): Relay {
  const sockets = new Map<SocketId, RemoteSocket>();
  /** Not read any more: part of what they sent is missing. */
  const blind = new Set<SocketId>();
  const joining = new Map<SocketId, () => void>();
  let listening: ((port: number) => void) | undefined;
  let refused: ((error: Error) => void) | undefined;
  let over: (() => void) | undefined;
  let serial = 0;
  /** How much of the tape there is, and how much has come. */
  let [length, position] = [0, 0];
  let dead = false;
  const { post, end } = start(hear, (error) => {
    dead = true;
    refused?.(error);
    over?.();
    const message = `the thread that passes bytes on broke off: ${error.message}`;
    const hint = 'Start the proxy again. A recording has what was read by then.';
    events.failed(new RenegoError('connect', 'PROXY_BROKE', message, hint));
  });

  function made(id: SocketId, address: string, halfOpen: boolean): RemoteSocket {
    const socket = new RemoteSocket(id, address, halfOpen, post);
    sockets.set(id, socket);
    socket.on('close', () => {
      sockets.delete(id);
      blind.delete(id);
    });
    return socket;
  }

  const heard: { readonly [K in FromRelay['is']]: (message: Extract<FromRelay, { is: K }>) => void } = {
    listening: ({ port }) => listening?.(port),
    'not listening': ({ fault }) => refused?.(errorOf(fault)),
    accepted: ({ id, address }) => events.accepted(made(id, address, true)),
    data: ({ id, bytes }) => sockets.get(id)?.arrived(bytes),
    ended: ({ id }) => sockets.get(id)?.ended(),
    wrote: ({ id }) => sockets.get(id)?.wrote(),
    finished: ({ id }) => sockets.get(id)?.finished(),
    closed: ({ id, fault }) => sockets.get(id)?.closedWith(fault),
    left: ({ id }) => sockets.get(id)?.emit('left'),
    still: ({ a }) => joining.get(a)?.(),
    slow: ({ id, text }) => sockets.get(id)?.watcher?.slow(text),
    behind: ({ at }) => events.behind(at),
    'caught up': ({ waited, at }) => events.caughtUp(waited, at),
    tape: ({ bytes }) => read(bytes),
    torn: ({ bytes }) => tear(bytes),
    closing: () => {},
    over: () => over?.(),
  };

  function hear(message: Marked): void {
    length = Math.max(length, message.length);
    later.heard(message.length);
    (heard[message.is] as (message: FromRelay) => void)(message);
  }

  /** In turn with everything else that can wait. */
  function read(tape: Uint8Array): void {
    for (const record of recordsOf(tape)) {
      position += HEAD + record.bytes.length;
      later.played(position, () => play(record));
    }
    later.played(position, () => post({ do: 'read', bytes: tape.length }));
  }

  function play({ kind, id, at, bytes }: TapeRecord): void {
    const socket = sockets.get(id);
    if (kind === RECORD.copy && !blind.has(id)) socket?.watcher?.copy(bytes, at);
    else if (kind === RECORD.end) socket?.push(null);
    else if (kind === RECORD.closed)
      socket?.gone(bytes.length === 0 ? undefined : (JSON.parse(`${bytes}`) as Fault), at);
    else if (kind === RECORD.parted) socket?.parted();
    else if (kind === RECORD.lost) lose(id);
  }

  function tear(bytes: number): void {
    position += bytes;
    later.played(position, () => {
      for (const { id, isJoined } of sockets.values()) if (isJoined) lose(id);
    });
  }

  /** What comes of it from here on has no beginning. */
  function lose(id: SocketId): void {
    if (blind.has(id)) return;
    blind.add(id);
    sockets.get(id)?.watcher?.lost();
  }

  function join(a: RemoteSocket, b: RemoteSocket, wanted: () => boolean): void {
    const pair = { a: a.id, b: b.id };
    const written = (socket: RemoteSocket) => socket.readableLength === 0 && socket.writableLength === 0;
    joining.set(a.id, () => {
      const gone = a.destroyed || b.destroyed;
      if (!gone && wanted() && !(written(a) && written(b))) {
        setTimeout(joining.get(a.id) as () => void, 5);
        return;
      }
      joining.delete(a.id);
      const joins = !gone && wanted();
      for (const one of joins ? [a, b] : []) one.joined();
      post({ do: joins ? 'join' : 'part', ...pair });
    });
    post({ do: 'stop', ...pair });
  }

  return {
    listen: (at, tls) =>
      new Promise((resolve, reject) => {
        [listening, refused] = [resolve, reject];
        post({ do: 'listen', at, ...(tls !== undefined && { tls: { key: tls.key, cert: tls.cert } }) });
      }),
    dial(to, tls) {
      // Even numbers; those of the other side are odd.
      serial += 2;
      const socket = made(serial, to.host, false);
      post({ do: 'dial', id: serial, to, ...(tls !== undefined && { tls }) });
      return socket;
    },
    join,
    part: (a, b) => post({ do: 'part', a: a.id, b: b.id }),
    async close(patience) {
      await new Promise<void>((resolve) => {
        over = resolve;
        if (dead) resolve();
        setTimeout(resolve, patience).unref();
        post({ do: 'close' });
      });
      await end();
      for (const socket of sockets.values()) socket.destroy();
      return length - position;
    },
  };
}

const errorOf = ({ code, message }: Fault): Error => Object.assign(new Error(message), { code });

/**
 * Where threads are short of processors, the one that passes on goes first. Only Linux knows priorities of single threads;
 * the new thread has the one that this had when it began.
 */
function yieldTo(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, Math.min(19, getPriority(0) + 2));
  } catch {
    // Not allowed here: both have the same.
  }
}

/**
 * The thread, as it is compiled beside this file or beside what this file was bundled into. Where there is none (sources
 * that are run as they are), the same in this thread.
 */
function start(hear: (message: Marked) => void, failed: (error: Error) => void): Thread {
  const places = ['./thread.js', '../sources/proxy/relay/thread.js'].map((path) => new URL(path, import.meta.url));
  const file = places.find((place) => place.protocol === 'file:' && existsSync(fileURLToPath(place)));
  if (file === undefined) {
    const { port1, port2 } = new MessageChannel();
    serveRelay(port2);
    port1.on('message', hear);
    const end = async () => port1.close();
    return { post: (order, transfer = []) => port1.postMessage(order, transfer), end };
  }
  const worker = new Worker(file);
  yieldTo();
  worker.on('message', hear);
  worker.on('error', failed);
  return { post: (order, transfer = []) => worker.postMessage(order, transfer), end: () => worker.terminate() };
}
