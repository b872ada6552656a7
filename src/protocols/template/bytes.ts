/** Text, bytes, base64 and gzip, without Node. What is inflated has a limit. */
import { Gunzip, gzipSync } from 'fflate';

/** Bytes; more than any description needs. */
const MAX_INFLATED = 4 * 1024 * 1024;
/** A piece of this many bytes inflates to a megabyte at most. */
const PIECE = 1024;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Base64 or base64url; undefined if it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const plain = text.trim().replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Undefined for what is no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { mtime: 0 });

/** Undefined for what is no gzip, is cut, or grows beyond 4 MiB. */
export function gunzip(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  let whole = false;
  try {
    const stream = new Gunzip((part, final) => {
      parts.push(part);
      size += part.length;
      whole ||= final;
    });
    for (let at = 0; at < bytes.length && size <= MAX_INFLATED; at += PIECE) {
      stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    }
  } catch {
    return undefined;
  }
  if (!whole || size > MAX_INFLATED) return undefined;
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
