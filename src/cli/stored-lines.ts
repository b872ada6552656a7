/** Lines in files, found again by where they are. */
import { closeSync, openSync, readSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a line is in what is read: bytes. Of several files, as if they were one. */
export interface LinePlace {
  readonly at: number;
  readonly length: number;
}

/** Bytes that are written at a time. */
const BLOCK = 256 * 1024;

/** A file that only its owner may read and that goes with the process. What is appended waits in memory until it is a block. */
export function createSpool() {
  let file: number | undefined;
  let [end, waiting]: [number, Buffer[]] = [0, []];
  let size = 0;

  function flush(): void {
    file ??= openTemporary();
    const bytes = Buffer.concat(waiting);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, end + done);
    end += bytes.length;
    [waiting, size] = [[], 0];
  }

  return {
    append(bytes: Buffer): LinePlace {
      const place = { at: end + size, length: bytes.length };
      waiting.push(bytes);
      size += bytes.length;
      if (size >= BLOCK) flush();
      return place;
    },
    read(at: number, length: number): string {
      if (size > 0 && at + length > end) flush();
      return file === undefined ? '' : readAt(file, at, length);
    },
    close(): void {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** Files as if they were one, opened when they are first needed; '' for what cannot be read. */
export function openLines(paths: readonly string[]) {
  let files: { readonly file: number; readonly from: number }[] | undefined;

  function open(): { readonly file: number; readonly from: number }[] {
    let from = 0;
    return paths.map((path) => {
      const one = { file: openSync(path, 'r'), from };
      from += statSync(path).size;
      return one;
    });
  }

  return {
    read(at: number, length: number): string {
      try {
        files ??= open();
        const one = files.findLast(({ from }) => from <= at);
        return one === undefined ? '' : readAt(one.file, at - one.from, length);
      } catch {
        return '';
      }
    },
    close(): void {
      for (const { file } of files ?? []) closeSync(file);
      files = undefined;
    },
  };
}

function readAt(file: number, at: number, length: number): string {
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, length, at));
  } catch {
    return '';
  }
}

function openTemporary(): number {
  const path = join(tmpdir(), `renego-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
