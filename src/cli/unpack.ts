/** Files as they were saved, unpacked if they are gzip, within bounds. */
import { RenegoError } from '../core/errors.ts';

/** Bytes of text that are read: a little less than the longest string V8 makes. */
export const LARGEST = 512 * 1024 * 1024 - 64;

/**
 * The text of a file, unpacked if it begins as gzip does (RFC 1952 2.3.1). Of a cut gzip file what is there. `path` names
 * it in messages. Rejects with RenegoError `input`: `GZIP_DAMAGED`, `TOO_LARGE`.
 */
export async function unpackText(bytes: Uint8Array, path: string, largest = LARGEST): Promise<string> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = packed ? await inflate(bytes, path, largest) : bytes;
  if (plain.length > largest) throw tooLarge(path, largest);
  return new TextDecoder().decode(plain);
}

async function inflate(bytes: Uint8Array, path: string, largest: number): Promise<Uint8Array> {
  const { constants, gunzip } = await import('node:zlib');
  // Without the final flush a cut file ends without an error.
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largest };
  return new Promise((resolve, reject) => {
    gunzip(bytes, options, (error, plain) => {
      if (error === null) resolve(plain);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') reject(tooLarge(path, largest));
      else {
        const message = `cannot unpack ${path}: the gzip file is damaged (${error.message})`;
        reject(new RenegoError('input', 'GZIP_DAMAGED', message, 'Save or copy it again, in binary mode.'));
      }
    });
  });
}

function tooLarge(path: string, largest: number): RenegoError {
  const message = `${path} holds more than ${Math.round(largest / 1024 / 1024)} MB of text`;
  return new RenegoError('input', 'TOO_LARGE', message, 'Cut it down to the part of interest.');
}
