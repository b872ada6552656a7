/** Bytes as text, only if they are text. */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for what is no UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How much of a text has to be printable. */
const PRINTABLE = 0.97;

/** UTF-8 that somebody could read: what binary formats hardly ever are. */
export function readableText(bytes: Uint8Array): string | undefined {
  // Control characters are one byte each: with more of them than a text of as many bytes may have, it is none.
  const most = bytes.length * (1 - PRINTABLE);
  let odd = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const code = bytes[i] as number;
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 30) || code === 127) odd += 1;
    if (odd > most) return undefined;
  }
  const text = utf8(bytes);
  return text !== undefined && odd <= text.length * (1 - PRINTABLE) ? text : undefined;
}
