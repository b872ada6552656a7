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
  const text = utf8(bytes);
  if (text === undefined) return undefined;
  let odd = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 30) || code === 127) odd += 1;
  }
  return odd <= text.length * (1 - PRINTABLE) ? text : undefined;
}
