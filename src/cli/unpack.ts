/** Files as they were saved, unpacked on the way if they are gzip. */
import { RenegoError } from '../core/errors.ts';

/** What unpacks to more than this, and to more than so many times what it was, is a bomb: text does not. */
export const BOMB = { bytes: 512 * 1024 * 1024, times: 200 };

/**
 * The bytes of a file, unpacked if it begins as gzip does (RFC 1952 2.3.1). Of a cut gzip file what is there. `place` names
 * it in messages. Throws RenegoError `input`: `PACKED` for other archives, and behind the last good byte
 * `GZIP_DAMAGED`, `TOO_LARGE`.
 */
export async function* unpack(
  bytes: AsyncIterable<Uint8Array>,
  place: string,
  bomb = BOMB,
): AsyncGenerator<Uint8Array, void> {
  const source = bytes[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  let done = false;
  while (first.length < LONGEST_MAGIC && !done) {
    const next = await source.next();
    done = next.done === true;
    if (!next.done) first = Buffer.concat([first, next.value]);
  }
  const archive = ARCHIVES.find(({ magic }) => magic.every((byte, at) => first[at] === byte));
  if (archive !== undefined) throw packedOtherwise(place, archive);
  const rest = { [Symbol.asyncIterator]: () => source };
  if (first[0] === 0x1f && first[1] === 0x8b) yield* inflate(first, rest, place, bomb);
  else {
    if (first.length > 0) yield first;
    if (!done) yield* rest;
  }
}

/** What else files come packed in, by their first bytes, and what unpacks them into a pipe. */
const ARCHIVES = [
  { name: 'a zip archive', magic: [0x50, 0x4b, 3, 4], by: 'unzip -p' },
  { name: 'a zstd file', magic: [0x28, 0xb5, 0x2f, 0xfd], by: 'zstdcat' },
  { name: 'an xz file', magic: [0xfd, 0x37, 0x7a, 0x58], by: 'xzcat' },
  { name: 'a bzip2 file', magic: [0x42, 0x5a, 0x68], by: 'bzcat' },
  { name: 'a 7z archive', magic: [0x37, 0x7a, 0xbc, 0xaf], by: '7z e -so' },
] as const;
const LONGEST_MAGIC = 4;

function packedOtherwise(place: string, { name, by }: (typeof ARCHIVES)[number]): RenegoError {
  const hint = `Unpack it into a pipe: ${by} <file> | renego show -`;
  return new RenegoError('input', 'PACKED', `${place} is ${name}: renego unpacks gzip only`, hint);
}

/** Bytes that are unpacked at a time, to half a megabyte at most (RFC 1951 packs at most 1032 times): what a damage costs. */
const SLICE = 512;

/** Each slice is unpacked before the next, so that what stands before a damage comes out, but for the last slice of it. */
async function* inflate(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  place: string,
  bomb: typeof BOMB,
): AsyncGenerator<Uint8Array, void> {
  const { constants, createGunzip } = await import('node:zlib');
  let [packed, plain] = [0, 0];
  let unpacked: Uint8Array[] = [];
  let failure: Error | undefined;
  // Without the final flush a cut file ends without an error.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.on('data', (chunk: Uint8Array) => unpacked.push(chunk));
  let resume = (): void => {};
  gunzip.on('error', (error) => {
    failure = error;
    resume();
  });
  const taken = (): Uint8Array[] => {
    const chunks = unpacked;
    unpacked = [];
    return chunks;
  };
  try {
    for await (const piece of joined(first, rest)) {
      for (let at = 0; at < piece.length && failure === undefined; at += SLICE) {
        const slice = piece.subarray(at, at + SLICE);
        packed += slice.length;
        await new Promise<void>((resolve) => {
          resume = resolve;
          gunzip.write(slice, () => resolve());
        });
        for (const chunk of taken()) {
          plain += chunk.length;
          yield chunk;
        }
        if (plain > bomb.bytes && plain > packed * bomb.times) throw tooLarge(place, bomb);
      }
      if (failure !== undefined) throw damaged(place, failure);
    }
    await new Promise((resolve) => gunzip.once('error', resolve).once('end', resolve).end());
    yield* taken();
    if (failure !== undefined) throw damaged(place, failure);
  } finally {
    gunzip.destroy();
  }
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* rest;
}

function damaged(place: string, { message: why }: Error): RenegoError {
  const message = `cannot unpack ${place}: the gzip file is damaged (${why})`;
  return new RenegoError('input', 'GZIP_DAMAGED', message, 'Save or copy it again, in binary mode.');
}

function tooLarge(place: string, { bytes, times }: typeof BOMB): RenegoError {
  const much = `more than ${Math.round(bytes / 1024 / 1024)} MB and ${times} times its size`;
  const message = `${place} unpacks to ${much}: no text does that, so it is read no further`;
  return new RenegoError(
    'input',
    'TOO_LARGE',
    message,
    'If it is what you want, unpack it yourself: gunzip < file | renego ...',
  );
}
