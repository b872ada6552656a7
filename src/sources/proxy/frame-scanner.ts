/** Cuts a stream of bytes into WebSocket frames (RFC 6455 5.2) without ever losing one: what was read can be sent on as it came. */
import { unmasked } from './mask.ts';

/** A whole frame. `raw` is what of it has not been sent on yet. */
export interface WholeFrame {
  readonly kind: 'frame';
  readonly fin: boolean;
  /** The three reserved bits; 4 is RSV1. */
  readonly rsv: number;
  readonly opcode: number;
  /** Without the mask. */
  readonly payload: Buffer;
  readonly raw: Buffer;
}

/** A piece of a frame that is too large to be kept, in order; `last` ends it. */
export interface FramePiece {
  readonly kind: 'piece';
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  /** Of the payload, as its head says. */
  readonly size: number;
  readonly raw: Buffer;
  readonly last: boolean;
}

export type Scanned = WholeFrame | FramePiece;

export interface FrameScanner {
  push(chunk: Buffer): Scanned[];
  /** Bytes of a frame that is not whole yet. */
  readonly held: number;
  /** Part of a frame has been sent on, and the rest has not. */
  readonly amid: boolean;
  /** What is held has been sent on already: it will not be in `raw`. */
  markSent(): void;
}

interface Head {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly mask: number | undefined;
  /** Where the payload begins. */
  readonly start: number;
  readonly size: number;
}

/** Payloads of more than `limit` bytes come in pieces. */
export function createFrameScanner(limit: number): FrameScanner {
  let held: Buffer[] = [];
  let size = 0;
  let need = 2;
  let sent = 0;
  /** What is still to come of a frame that is too large. */
  let rest = 0;
  let large: Head | undefined;

  function unsent(raw: Buffer): Buffer {
    if (sent === 0) return raw;
    const left = raw.subarray(sent);
    sent = Math.max(0, sent - raw.length);
    return left;
  }

  function piece(head: Head, raw: Buffer): FramePiece {
    const { fin, rsv, opcode } = head;
    if (rest === 0) large = undefined;
    return { kind: 'piece', fin, rsv, opcode, size: head.size, raw: unsent(raw), last: rest === 0 };
  }

  function keep(bytes: Buffer, at: number, more: number): void {
    const left = bytes.subarray(at);
    // A few bytes must not keep the whole chunk alive.
    held = left.length === 0 ? [] : [left.length * 4 < bytes.length ? Buffer.from(left) : left];
    size = left.length;
    need = more;
  }

  function scan(bytes: Buffer, found: Scanned[]): void {
    let at = 0;
    while (bytes.length - at >= 2) {
      const head = readHead(bytes, at);
      if (head === undefined) {
        keep(bytes, at, bytes.length - at + 1);
        return;
      }
      const end = head.start + head.size;
      if (head.size > limit) {
        const raw = bytes.subarray(at, end);
        rest = end - at - raw.length;
        large = head;
        found.push(piece(head, raw));
        at += raw.length;
      } else if (end > bytes.length) {
        keep(bytes, at, end - at);
        return;
      } else {
        const body = bytes.subarray(head.start, end);
        const payload = head.mask === undefined ? body : unmasked(body, bytes, head.mask);
        const { fin, rsv, opcode } = head;
        found.push({ kind: 'frame', fin, rsv, opcode, payload, raw: unsent(bytes.subarray(at, end)) });
        at = end;
      }
    }
    keep(bytes, at, 2);
  }

  return {
    get held() {
      return size;
    },
    get amid() {
      return sent > 0 || large !== undefined;
    },
    markSent() {
      sent = size;
    },
    push(chunk) {
      const found: Scanned[] = [];
      let bytes = chunk;
      if (large !== undefined) {
        const raw = bytes.subarray(0, rest);
        rest -= raw.length;
        bytes = bytes.subarray(raw.length);
        found.push(piece(large, raw));
      }
      if (bytes.length === 0) return found;
      held.push(bytes);
      size += bytes.length;
      if (size < need) return found;
      scan(held.length === 1 ? bytes : Buffer.concat(held, size), found);
      return found;
    },
  };
}

/** Undefined if it is not whole yet. */
function readHead(bytes: Buffer, at: number): Head | undefined {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const isMasked = (second & 0x80) !== 0;
  const mask = at + 2 + extra;
  const start = mask + (isMasked ? 4 : 0);
  if (bytes.length < start) return undefined;
  // A length beyond what a number can count never ends: the rest of the connection is one frame then.
  const size = extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return {
    fin: (first & 0x80) !== 0,
    rsv: (first >> 4) & 7,
    opcode: first & 15,
    mask: isMasked ? mask : undefined,
    start,
    size,
  };
}
