/**
 * Texts that come mixed and are wanted apart: each pile grows, and is read once all is there. Beyond a few megabytes they
 * lie in a temporary file that only its owner may read and that has no name any more, so that it goes with the process.
 */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pile {
  readonly empty: boolean;
  add(text: string): void;
  /** All of it in order, in pieces. */
  texts(): Iterable<string>;
}

export interface Piles {
  add(): Pile;
  close(): void;
}

/** Characters that are kept in memory: of one pile before they are written, and of all before a file is opened. */
const [BLOCK, KEPT] = [64 * 1024, 16 * 1024 * 1024];

interface Block {
  readonly at: number;
  readonly length: number;
}

export function createPiles(kept = KEPT): Piles {
  let file: number | undefined;
  let end = 0;
  let inMemory = 0;

  function write(text: string): Block {
    file ??= openTemporary();
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, end + done);
    const block = { at: end, length: bytes.length };
    end += bytes.length;
    return block;
  }

  function read({ at, length }: Block): string {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const count = readSync(file ?? -1, bytes, done, length - done, at + done);
      if (count === 0) break;
      done += count;
    }
    return bytes.toString('utf8');
  }

  function add(): Pile {
    const blocks: Block[] = [];
    let parts: string[] = [];
    let length = 0;
    return {
      get empty() {
        return blocks.length === 0 && parts.length === 0;
      },
      add(text) {
        parts.push(text);
        length += text.length;
        inMemory += text.length;
        if (inMemory < kept || length < BLOCK) return;
        blocks.push(write(parts.join('')));
        inMemory -= length;
        [parts, length] = [[], 0];
      },
      *texts() {
        for (const block of blocks) yield read(block);
        yield* parts;
      },
    };
  }

  return {
    add,
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function openTemporary(): number {
  const path = join(tmpdir(), `renego-${process.pid}-${Math.random().toString(36).slice(2)}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
