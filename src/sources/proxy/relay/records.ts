/** The tape: copies of what passed between joined sockets, in the order in which it came, as bytes with a head before each. */
import type { SocketId } from './messages.ts';

export const RECORD = {
  copy: 1,
  /** It sends no more. */
  end: 2,
  /** It is closed; the bytes are its Fault as JSON, if any. */
  closed: 3,
  /** Parted: the rest does not come by tape. */
  parted: 4,
  /** What it sends from here on is not on the tape: there is no more room. */
  lost: 5,
} as const;

export interface TapeRecord {
  readonly kind: number;
  readonly id: SocketId;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly bytes: Buffer;
}

/** Milliseconds since 1970, as exactly as can be told. */
export const epochNow = (): number => performance.timeOrigin + performance.now();

/** Before each record: kind, id, length, and a time of eight bytes. */
export const HEAD = 17;

/** The head of a record with so many bytes, which come behind it. */
export function writeHead(kind: number, id: SocketId, length: number): Buffer {
  const head = Buffer.allocUnsafe(HEAD);
  head[0] = kind;
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(length, 5);
  head.writeDoubleLE(epochNow(), 9);
  return head;
}

/** The records of a piece of tape, which always holds whole ones. */
export function* recordsOf(tape: Uint8Array): Iterable<TapeRecord> {
  const bytes = Buffer.from(tape.buffer, tape.byteOffset, tape.byteLength);
  for (let start = 0; start < bytes.length; ) {
    const end = start + HEAD + bytes.readUInt32LE(start + 5);
    yield {
      kind: bytes[start] ?? 0,
      id: bytes.readUInt32LE(start + 1),
      at: bytes.readDoubleLE(start + 9),
      bytes: bytes.subarray(start + HEAD, end),
    };
    start = end;
  }
}
