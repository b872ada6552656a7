/** The files of a recording that was made with `--rotate`. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

/** `call.2.renego.ndjson` for the second file of `call.renego.ndjson`. */
export function partOf(path: string, number: number): string {
  const [end] = /(?:\.renego)?\.[^./\\]+$/.exec(path) ?? [''];
  return `${path.slice(0, path.length - end.length)}.${number}${end}`;
}

/** Why a file ends that goes on in the next one. */
export const ROTATED = 'rotated';

/** The file, and those in which its recording goes on, in order: each ends by saying so, and the next one is there. */
export function partsFrom(path: string): readonly string[] {
  const parts = [path];
  for (let next = partOf(path, 2); isRotated(parts.at(-1) as string) && existsSync(next); ) {
    parts.push(next);
    next = partOf(path, parts.length + 1);
  }
  return parts;
}

/** Bytes of an end line, at most. */
const END = 256;

function isRotated(path: string): boolean {
  try {
    const stat = statSync(path);
    return stat.isFile() && ENDS_ROTATED.test(lastBytes(path, stat.size));
  } catch {
    // Whoever reads it will say why it cannot be read.
    return false;
  }
}

const ENDS_ROTATED = /\n\{"kind":"end",[^\n]*"reason":"rotated"\}\r?\n?$/;

function lastBytes(path: string, size: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(END);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, END, Math.max(0, size - END)));
  } finally {
    closeSync(file);
  }
}
