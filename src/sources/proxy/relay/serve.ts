/**
 * Holds all sockets of a proxy and passes bytes on between those that are joined, and does nothing else: whatever the rest
 * of the program is busy with, traffic flows. What is not joined is read and written from the other side of the port.
 */
import { connect as connectPlain, createServer as createPlain, type Server, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, createServer as createTls } from 'node:tls';
import type { MessagePort } from 'node:worker_threads';
import { createFlow, endLike, type Flow } from '../flow.ts';
import { CREDIT, type Fault, type FromRelay, type Marked, type SocketId, type ToRelay } from './messages.ts';
import { epochNow, RECORD } from './records.ts';
import { afterResets, reset, unlessReset } from './resets.ts';
import { createTape } from './tape.ts';

interface End {
  readonly id: SocketId;
  readonly socket: Socket;
  /** How much more may be sent over. */
  credit: number;
  /** What has come since it was stopped. It is read all the same: of a reset nobody knows who does not read. */
  kept: Kept | undefined;
  /** The one it is joined with. */
  other: End | undefined;
  flow: Flow | undefined;
}

interface Kept {
  readonly chunks: Buffer[];
  size: number;
  ended: boolean;
}

type Order<K extends ToRelay['do']> = Extract<ToRelay, { do: K }>;

export function serveRelay(port: MessagePort): void {
  const ends = new Map<SocketId, End>();
  const tell = (message: FromRelay, transfer: readonly ArrayBuffer[] = []) => {
    const marked: Marked = { ...message, length: tape.length };
    port.postMessage(marked, transfer);
  };
  const tape = createTape({
    post: (bytes) => tell({ is: 'tape', bytes }, [bytes.buffer]),
    torn: (bytes) => tell({ is: 'torn', bytes }),
    behind: () => tell({ is: 'behind', at: epochNow() }),
    caughtUp: (waited) => tell({ is: 'caught up', at: epochNow(), waited }),
  });
  let server: Server | undefined;
  let serial = 1;
  let closing = false;

  function listen({ at, tls }: Order<'listen'>): void {
    const accept = (socket: Socket) => {
      serial += 2;
      tell({ is: 'accepted', id: serial, address: socket.remoteAddress ?? '' });
      afterResets(socket);
      adopt(serial, socket);
    };
    const made =
      tls === undefined
        ? createPlain({ allowHalfOpen: true }, accept)
        : createTls({ ...tls, allowHalfOpen: true, ALPNProtocols: ['http/1.1'] }, accept);
    server = made;
    made.once('error', (error) => tell({ is: 'not listening', fault: faultOf(error) }));
    made.listen(at.port, at.host, () => {
      const address = made.address();
      tell({ is: 'listening', port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
    });
  }

  function dial({ id, to, tls }: Order<'dial'>): void {
    if (tls === undefined) {
      adopt(id, connectPlain({ ...to, allowHalfOpen: true }));
      return;
    }
    // A name, not an address (RFC 6066 3).
    const name = /^[\d.]+$|:/.test(to.host) ? {} : { servername: to.host };
    const halves: ConnectionOptions & { readonly allowHalfOpen: true } = { allowHalfOpen: true };
    const ALPNProtocols = ['http/1.1'];
    adopt(id, connectTls({ ...to, ...name, ...halves, rejectUnauthorized: !tls.insecure, ALPNProtocols }));
  }

  function adopt(id: SocketId, socket: Socket): void {
    const end: End = { id, socket, credit: CREDIT, kept: undefined, other: undefined, flow: undefined };
    ends.set(id, end);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => arrived(end, chunk));
    socket.on('end', () => unlessReset(socket, () => ended(end)));
    let fault: Fault | undefined;
    socket.on('error', (error) => {
      fault = faultOf(error);
    });
    socket.on('close', () => closed(end, fault));
  }

  function arrived(end: End, chunk: Buffer): void {
    const { id, socket, flow, kept } = end;
    if (kept !== undefined) {
      kept.chunks.push(chunk);
      kept.size += chunk.length;
      if (kept.size >= CREDIT) socket.pause();
      return;
    }
    if (flow !== undefined) {
      flow.send(chunk);
      tape.add(RECORD.copy, id, chunk);
      return;
    }
    end.credit -= chunk.length;
    if (end.credit <= 0) socket.pause();
    tell({ is: 'data', id, bytes: chunk });
  }

  function ended({ id, kept, other }: End): void {
    if (kept !== undefined) kept.ended = true;
    else if (other === undefined) tell({ is: 'ended', id });
    else {
      tape.add(RECORD.end, id);
      other.socket.end();
    }
  }

  /** What has come while it was stopped goes where everything goes from now on. */
  function goOn(end: End): void {
    const { kept } = end;
    end.kept = undefined;
    for (const chunk of kept?.chunks ?? []) arrived(end, chunk);
    if (kept?.ended) ended(end);
  }

  function closed(end: End, fault: Fault | undefined): void {
    const { id, socket, other } = end;
    ends.delete(id);
    if (closing) return;
    goOn(end);
    tell({ is: 'left', id });
    if (other === undefined) {
      tell({ is: 'closed', id, ...(fault !== undefined && { fault }) });
      return;
    }
    end.flow?.stop();
    other.flow?.stop();
    tape.add(RECORD.closed, id, fault === undefined ? undefined : Buffer.from(JSON.stringify(fault)));
    endLike(socket, other.socket, reset);
  }

  function join({ a, b }: Order<'join'>): void {
    const [one, two] = [ends.get(a), ends.get(b)];
    if (one === undefined || two === undefined) {
      part({ a, b });
      return;
    }
    one.other = two;
    two.other = one;
    for (const [from, to] of [[one, two] as const, [two, one] as const]) {
      from.flow = createFlow(from.socket, to.socket, (text) => tell({ is: 'slow', id: from.id, text }));
      from.socket.setKeepAlive(true, 30_000);
    }
    for (const end of [one, two]) {
      end.socket.resume();
      goOn(end);
    }
  }

  function part({ a, b }: { readonly a: SocketId; readonly b: SocketId }): void {
    for (const id of [a, b]) {
      tape.add(RECORD.parted, id);
      const end = ends.get(id);
      if (end === undefined) continue;
      end.flow?.stop();
      end.flow = undefined;
      end.other = undefined;
      end.credit = CREDIT;
      end.socket.resume();
      goOn(end);
    }
  }

  function close(): void {
    closing = true;
    server?.close();
    for (const { socket } of ends.values()) socket.destroy();
    tell({ is: 'closing' });
    tape.finish(() => tell({ is: 'over' }));
  }

  function withEnd(id: SocketId, does: (end: End) => unknown): void {
    const end = ends.get(id);
    if (end !== undefined) does(end);
  }

  const orders: { readonly [K in ToRelay['do']]: (order: Order<K>) => void } = {
    listen,
    dial,
    join,
    part,
    close,
    stop({ a, b }) {
      for (const id of [a, b]) {
        withEnd(id, (end) => {
          end.kept = { chunks: [], size: 0, ended: false };
          end.socket.resume();
        });
      }
      tell({ is: 'still', a, b });
    },
    write: ({ id, bytes }) => withEnd(id, ({ socket }) => socket.write(bytes, () => tell({ is: 'wrote', id }))),
    end: ({ id }) => withEnd(id, ({ socket }) => socket.end(() => tell({ is: 'finished', id }))),
    destroy: ({ id }) => withEnd(id, ({ socket }) => socket.destroy()),
    reset: ({ id }) => withEnd(id, ({ socket }) => reset(socket)),
    took: ({ id, bytes }) => withEnd(id, (end) => took(end, bytes)),
    read: ({ bytes }) => tape.read(bytes),
  };

  function took(end: End, bytes: number): void {
    const waited = end.credit <= 0;
    end.credit += bytes;
    if (waited && end.credit > 0 && end.kept === undefined && end.other === undefined) end.socket.resume();
  }

  port.on('message', (order: ToRelay) => (orders[order.do] as (order: ToRelay) => void)(order));
}

function faultOf(error: NodeJS.ErrnoException): Fault {
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : [];
  return { code: error.code ?? '', message: error.message || (first?.message ?? '') };
}
