/** Pieces of tape that wait, first in, first out: in memory for a moment, then in a file without a name. */
import { randomBytes } from 'node:crypto';
import { close, ftruncate, openSync, read, unlinkSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Spool {
  push(piece: Uint8Array): void;
  /** The oldest. Undefined if there is none, or it cannot be read any more. */
  shift(): Promise<Uint8Array | undefined>;
  /** Bytes. */
  readonly size: number;
  /** Nothing more should be pushed. */
  readonly full: boolean;
  close(): void;
}

interface Piece {
  readonly size: number;
  readonly at: number;
  /** Until it is written, or taken. */
  bytes: Uint8Array | undefined;
}

export interface SpoolLimits {
  /** Bytes in all. */
  readonly total: number;
  /** Bytes that are not written yet. */
  readonly unwritten: number;
}

export function createSpool(limits: SpoolLimits): Spool {
  const pieces: Piece[] = [];
  const unwritten: Piece[] = [];
  let [size, waiting, end] = [0, 0, 0];
  let file: number | undefined;
  let writing = false;
  /** What cannot be written stays in memory. */
  let broken = false;

  function release(piece: Piece): void {
    if (piece.bytes !== undefined) waiting -= piece.size;
    piece.bytes = undefined;
  }

  function writeNext(): void {
    while (unwritten[0] !== undefined && unwritten[0].bytes === undefined) unwritten.shift();
    const piece = unwritten[0];
    if (writing || broken || piece?.bytes === undefined) return;
    file ??= openNameless();
    if (file === undefined) {
      broken = true;
      return;
    }
    writing = true;
    write(file, piece.bytes, 0, piece.size, piece.at, (error, written) => {
      writing = false;
      broken ||= error !== null || written < piece.size;
      if (!broken) release(piece);
      writeNext();
    });
  }

  return {
    push(bytes) {
      const piece: Piece = { size: bytes.length, at: end, bytes };
      pieces.push(piece);
      unwritten.push(piece);
      end += bytes.length;
      size += bytes.length;
      waiting += bytes.length;
      writeNext();
    },
    async shift() {
      const piece = pieces.shift();
      if (piece === undefined) return undefined;
      size -= piece.size;
      const bytes = piece.bytes ?? (await readPiece(file as number, piece));
      release(piece);
      if (pieces.length === 0 && !writing && file !== undefined) {
        end = 0;
        writing = true;
        ftruncate(file, 0, () => {
          writing = false;
          writeNext();
        });
      }
      return bytes;
    },
    get size() {
      return size;
    },
    get full() {
      return size >= limits.total || waiting >= limits.unwritten;
    },
    close() {
      if (file !== undefined) close(file);
      file = undefined;
      broken = true;
    },
  };
}

/** Nobody else may read it, and it is gone with the process. */
function openNameless(): number | undefined {
  const path = join(tmpdir(), `renego-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return file;
  } catch {
    return undefined;
  }
}

function readPiece(file: number, { size, at }: Piece): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    read(file, new Uint8Array(size), 0, size, at, (error, count, bytes) => {
      resolve(error === null && count === size ? bytes : undefined);
    });
  });
}
