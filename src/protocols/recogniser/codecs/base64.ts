/** Base64 and base64url (RFC 4648), also over several lines. */

/** What it begins with where it holds a description, JSON, a candidate, gzip or zlib. Anything else is not looked into. */
const TELLING = /^(?:dj0|eyJ|eyA|ewo|ew0|W3|WyJ|Y2Fu|YT1|H4sI|eJ|eN|eF|eAE|InY9|Cnt)/;
const SHORTEST = 20;

/** The bytes; undefined if the text is no base64 that could hold signaling. */
export function promisingBase64(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  if (trimmed.length < SHORTEST || !TELLING.test(trimmed)) return undefined;
  return decodeBase64(/\s/.test(trimmed) ? trimmed.replace(/[\r\n\t ]+/g, '') : trimmed);
}

/** The bytes; undefined if the text is no base64. A JSON Web Token is none: it has dots. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}
