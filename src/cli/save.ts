/** Files that a command writes. Only their owner may read them, as with recordings. */
import { open, stat, writeFile } from 'node:fs/promises';
import { RenegoError } from '../core/errors.ts';
import type { Context, Output } from './io.ts';

/** Text that goes out piece by piece; `write` resolves when there is room for more. */
export interface TextOutput {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Throws RenegoError `usage`/`FILE_EXISTS`, `input`/`UNWRITABLE`. */
export async function save(path: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** A new file, or with `overwrite` any but the `source`. Throws as `save` does, and `usage`/`SAME_FILE`. */
export async function createFile(path: string, source: string, overwrite: boolean): Promise<TextOutput> {
  const [from, to] = await Promise.all([source, path].map((one) => stat(one).catch(() => undefined)));
  if (from !== undefined && to !== undefined && from.ino === to.ino && from.dev === to.dev) {
    const hint = 'Name another file: this one is read while the other is written.';
    throw new RenegoError('usage', 'SAME_FILE', `${path} is what is to be converted`, hint);
  }
  const file = await open(path, overwrite ? 'w' : 'wx', 0o600).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  return {
    async write(text) {
      try {
        await file.writeFile(text);
      } catch (error) {
        throw unwritable(path, error);
      }
    },
    close: () => file.close(),
  };
}

/** Characters that are written at a time. */
const BLOCK = 64 * 1024;

/** One part after the other, as fast as they are taken, until nobody reads them any more. */
export async function writeParts(
  to: TextOutput,
  parts: Iterable<string>,
  reader?: Pick<Context, 'unread'>,
): Promise<void> {
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < BLOCK) continue;
    await to.write(text);
    text = '';
    if (reader?.unread.aborted === true) return;
  }
  await to.write(text);
}

/** After these there is room for more, or nobody reads any more. */
const ENDS = ['drain', 'close', 'error'] as const;

/** A stream that the process has open: it stays open. */
export function outputOf(stream: Output): TextOutput {
  return {
    write: async (text) => {
      if (text === '' || !stream.writable || stream.write(text)) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          for (const event of ENDS) stream.off(event, done);
          resolve();
        };
        for (const event of ENDS) stream.once(event, done);
      });
    },
    close: async () => {},
  };
}

function unwritable(path: string, error: unknown): RenegoError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new RenegoError('usage', 'FILE_EXISTS', `${path} exists already`, 'Name another file, or give --force.');
  return new RenegoError('input', 'UNWRITABLE', `cannot write ${path}: ${message}`);
}
