/**
 * Writes the tape, in the thread that passes bytes on. What comes within a moment goes over in one piece. So much may be over
 * there unread; the rest waits in the spool, so that nothing is lost and memory stays bounded.
 */
import type { SocketId } from './messages.ts';
import { RECORD, writeHead } from './records.ts';
import { createSpool, type SpoolLimits } from './spool.ts';

export interface Tape {
  /** Bytes that were ever added. */
  readonly length: number;
  add(kind: number, id: SocketId, bytes?: Uint8Array): void;
  /** So many bytes have been read over there. */
  read(bytes: number): void;
  /** Calls back once everything that was added has been read. */
  finish(over: () => void): void;
}

export interface TapeOptions {
  /** Hands over a piece, which has memory of its own. */
  readonly post: (piece: Uint8Array<ArrayBuffer>) => void;
  /** So many bytes, which waited, cannot be read any more. */
  readonly torn: (bytes: number) => void;
  /** From now on pieces wait in the spool. */
  readonly behind: () => void;
  /** All that waited, so many bytes, is read or soon will be. */
  readonly caughtUp: (waited: number) => void;
  /** Bytes that may be unread over there. */
  readonly window?: number;
  readonly limits?: SpoolLimits;
}

const MIB = 1024 * 1024;
const [WINDOW, PIECE] = [16 * MIB, 256 * 1024];
/** Handing over costs more than passing on: what comes in so many milliseconds goes over together. */
const TURN_MS = 2;
const LIMITS: SpoolLimits = { total: 4096 * MIB, unwritten: 128 * MIB };

export function createTape({ post, torn, behind, caughtUp, window = WINDOW, limits = LIMITS }: TapeOptions): Tape {
  const spool = createSpool(limits);
  const lost = new Set<SocketId>();
  const taped = new Set<SocketId>();
  let turn: Uint8Array[] = [];
  let size = 0;
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  let unread = 0;
  let waited = 0;
  let isBehind = false;
  let refilling = false;
  let over: (() => void) | undefined;

  function put(kind: number, id: SocketId, bytes?: Uint8Array): void {
    const head = writeHead(kind, id, bytes?.length ?? 0);
    const parts = bytes === undefined ? [head] : [head, bytes];
    for (const part of parts) {
      turn.push(part);
      size += part.length;
      length += part.length;
    }
    if (size >= PIECE) flush();
    else timer ??= setTimeout(flush, TURN_MS);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (size === 0) return;
    const piece = new Uint8Array(size);
    let at = 0;
    for (const part of turn) {
      piece.set(part, at);
      at += part.length;
    }
    turn = [];
    size = 0;
    if (isBehind || unread + piece.length > window) wait(piece);
    else handOver(piece);
  }

  function handOver(piece: Uint8Array<ArrayBuffer>): void {
    unread += piece.length;
    post(piece);
  }

  function wait(piece: Uint8Array): void {
    if (!isBehind) behind();
    isBehind = true;
    waited += piece.length;
    spool.push(piece);
    void refill();
  }

  /** From the spool, as soon as half of the window is free. */
  async function refill(): Promise<void> {
    if (refilling || unread > window / 2) return;
    refilling = true;
    while (spool.size > 0 && unread < window) {
      const before = spool.size;
      const reading = spool.shift();
      const bytes = before - spool.size;
      const piece = await reading;
      if (piece !== undefined) handOver(piece as Uint8Array<ArrayBuffer>);
      else tear(bytes);
    }
    refilling = false;
    if (spool.size > 0 || !isBehind) return;
    isBehind = false;
    caughtUp(waited);
    waited = 0;
    finished();
  }

  /** Where the disk has failed, what comes next has no beginning. */
  function tear(bytes: number): void {
    torn(bytes);
    for (const id of taped) lose(id);
  }

  function lose(id: SocketId): void {
    if (lost.has(id)) return;
    lost.add(id);
    put(RECORD.lost, id);
  }

  function finished(): void {
    if (over === undefined || size > 0 || unread > 0 || isBehind) return;
    spool.close();
    over();
    over = undefined;
  }

  return {
    get length() {
      return length;
    },
    add(kind, id, bytes) {
      if (kind !== RECORD.copy) {
        put(kind, id, bytes);
        if (kind !== RECORD.closed) return;
        lost.delete(id);
        taped.delete(id);
      } else if (spool.full) lose(id);
      else if (!lost.has(id)) {
        taped.add(id);
        put(kind, id, bytes);
      }
    },
    read(bytes) {
      unread -= bytes;
      if (isBehind) void refill();
      finished();
    },
    finish(done) {
      over = done;
      flush();
      finished();
    },
  };
}
