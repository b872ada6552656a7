/** The copy of an HTTP body: bounded, and without its compression. */
import type { IncomingMessage } from 'node:http';
import * as zlib from 'node:zlib';

/** Larger bodies are no negotiation. */
export const MAX_BODY = 1024 * 1024;

/** Pages, scripts, pictures: nothing to look into. */
const OPAQUE =
  /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|x-javascript|wasm|zip|pdf)|(?:image|font|audio|video)\/.*)$/;

/** Media type without parameters, in lower case; '' if it is not stated. */
export const mediaType = ({ headers }: IncomingMessage): string =>
  headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isOpaque = (message: IncomingMessage): boolean => OPAQUE.test(mediaType(message));

/** Whether a body can be negotiation, as far as its headers tell. */
export function mayTell(message: IncomingMessage): boolean {
  return !isOpaque(message) && !(Number(message.headers['content-length']) > MAX_BODY);
}

/** A body that does not say how long it is, and does not end, may be a stream of anything. */
const PATIENCE_MS = 2000;

/**
 * Waits for the whole body. What is too large or does not end is given as far as it has come, with `whole` false: the rest
 * of it still streams then.
 */
export function collectBody(
  message: IncomingMessage,
  done: (body: Buffer, whole: boolean) => void,
  patience = PATIENCE_MS,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (whole: boolean) => {
    clearTimeout(timer);
    message.off('data', take).off('end', end);
    if (!whole) message.pause();
    done(Buffer.concat(chunks), whole);
  };
  const take = (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY) finish(false);
  };
  const end = () => finish(true);
  const timer =
    message.headers['content-length'] === undefined ? setTimeout(() => finish(false), patience).unref() : undefined;
  message.on('data', take).on('end', end);
  message.on('close', () => clearTimeout(timer));
}

/**
 * Calls `done` with the body when it is there whole; with undefined if it is not worth a look, too large or cut off. `begun`:
 * what has come of it before.
 */
export function copyBody(
  message: IncomingMessage,
  done: (body: Buffer | undefined) => void,
  begun: Buffer = Buffer.alloc(0),
): void {
  if (isOpaque(message)) {
    done(undefined);
    return;
  }
  let chunks: Buffer[] = [begun];
  let size = begun.length;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
    else chunks = [];
  });
  message.on('end', () => {
    done(size > MAX_BODY ? undefined : plain(Buffer.concat(chunks), message.headers['content-encoding']));
  });
}

/** A body that is there. */
export interface Whole {
  readonly bytes: Buffer;
  /** Without its compression; undefined if that cannot be taken off. */
  readonly plain: Buffer | undefined;
}

/** Takes the compression off once, when it is asked for. */
export function wholeOf({ headers }: IncomingMessage, bytes: Buffer): Whole {
  let known: { readonly plain: Buffer | undefined } | undefined;
  return {
    bytes,
    get plain() {
      known ??= { plain: plain(bytes, headers['content-encoding']) };
      return known.plain;
    },
  };
}

const limit = { maxOutputLength: MAX_BODY };
const gunzip = (data: Buffer): Buffer => zlib.gunzipSync(data, limit);
/** Node has it from 22.15 on. */
const { zstdDecompressSync: unzstd } = zlib as { readonly zstdDecompressSync?: typeof zlib.gunzipSync };

const DECODERS: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  identity: (data) => data,
  gzip: gunzip,
  'x-gzip': gunzip,
  br: (data) => zlib.brotliDecompressSync(data, limit),
  // The name means zlib's format (RFC 9110 8.4.1.2); some send the bare one.
  deflate: (data) => ((data[0] ?? 0) % 16 === 8 ? zlib.inflateSync : zlib.inflateRawSync)(data, limit),
  ...(unzstd !== undefined && { zstd: (data) => unzstd(data, limit) }),
};

/** One may be put on another: the last one comes off first. */
const codingsOf = (encoding: string): string[] =>
  encoding
    .toLowerCase()
    .split(',', MOST_CODINGS)
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .reverse();
const MOST_CODINGS = 4;

/** The first compression that cannot be taken off here, if there is one. */
export const unknownCoding = (encoding = ''): string | undefined =>
  codingsOf(encoding).find((name) => !Object.hasOwn(DECODERS, name));

/** Undefined for a compression that is not known, or damaged. */
export function plain(body: Buffer, encoding = ''): Buffer | undefined {
  if (body.length === 0) return body;
  try {
    return codingsOf(encoding).reduce((data: Buffer | undefined, name) => {
      const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
      return data && decode?.(data);
    }, body);
  } catch {
    return undefined;
  }
}
