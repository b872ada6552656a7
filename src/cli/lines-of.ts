/** The lines of a plain file with their places, so that each can be read again by itself. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { LinePlace } from './stored-lines.ts';

export interface PlacedLine {
  /** With its line end, if it has one. */
  readonly text: string;
  /** Undefined for a part of a line. */
  readonly place: LinePlace | undefined;
}

const [PIECE, NEWLINE] = [256 * 1024, 0x0a];
/** Bytes of a line that comes as one; the parts of a longer one come one by one. */
const LONGEST = 16 * PIECE;

/** Some lines at a time, of one file after the other. Undefined if the first is no plain file, or packed. */
export function linesOf([first, ...others]: readonly string[]): Generator<readonly PlacedLine[], void> | undefined {
  const lines = linesOfFile(first, 0);
  return lines && others.length > 0 ? inTurn(lines, statSync(first as string).size, others) : lines;
}

function* inTurn(first: Iterable<readonly PlacedLine[]>, size: number, others: readonly string[]) {
  yield* first;
  let before = size;
  for (const path of others) {
    yield* linesOfFile(path, before) ?? [];
    before += statSync(path).size;
  }
}

/** `before`: bytes of the files before it. */
function linesOfFile(path: string | undefined, before: number): Generator<readonly PlacedLine[], void> | undefined {
  if (path === undefined || !statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const file = openSync(path, 'r');
  const magic = Buffer.alloc(2);
  const packed = readSync(file, magic, 0, 2, 0) === 2 && magic.readUInt16BE() === 0x1f8b;
  if (!packed) return linesIn(file, before);
  closeSync(file);
  return undefined;
}

function* linesIn(file: number, before: number): Generator<readonly PlacedLine[], void> {
  const decoder = new TextDecoder();
  let [offset, rest] = [0, Buffer.alloc(0)];
  let parted = false;
  try {
    for (let over = false; !over; ) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(file, piece, 0, PIECE, offset + rest.length);
      over = length === 0;
      const bytes = Buffer.concat([rest, piece.subarray(0, length)]);
      const lines: PlacedLine[] = [];
      let start = 0;
      const take = (end: number, whole: boolean): void => {
        const isLine = whole && !parted;
        lines.push({
          // No character goes beyond a line, so that the faster way will do.
          text: isLine
            ? bytes.toString('utf8', start, end)
            : decoder.decode(bytes.subarray(start, end), { stream: true }),
          place: isLine ? { at: before + offset + start, length: end - start } : undefined,
        });
        parted = !whole;
        start = end;
      };
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) take(end + 1, true);
      if (bytes.length - start > (over ? 0 : LONGEST)) take(bytes.length, over);
      offset += start;
      rest = bytes.subarray(start);
      yield lines;
    }
  } finally {
    closeSync(file);
  }
}
