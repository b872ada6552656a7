/** The copy of an HTTP body: bounded, and without its compression. */
import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

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

const DECODERS: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  gzip: (data) => gunzipSync(data, { maxOutputLength: MAX_BODY }),
  'x-gzip': (data) => gunzipSync(data, { maxOutputLength: MAX_BODY }),
  br: (data) => brotliDecompressSync(data, { maxOutputLength: MAX_BODY }),
  deflate: (data) => {
    // The name means zlib's format (RFC 9110 8.4.1.2); some send the bare one.
    const format = (data[0] ?? 0) % 16 === 8 ? inflateSync : inflateRawSync;
    return format(data, { maxOutputLength: MAX_BODY });
  },
};

/** Undefined for a compression that is not known, or damaged. */
export function plain(body: Buffer, encoding = 'identity'): Buffer | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '' || body.length === 0) return body;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  try {
    return decode?.(body);
  } catch {
    return undefined;
  }
}
