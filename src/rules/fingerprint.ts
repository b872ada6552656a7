/** Reads `a=fingerprint` values as both browsers do (RFC 8122 5). */
import type { Attribute, MSection, Sdp } from '../sdp/sdp.ts';
import { isMasked } from './masked.ts';

/** Bytes of a digest. */
const SIZES: Readonly<Record<string, number>> = {
  'sha-1': 20,
  'sha-224': 28,
  'sha-256': 32,
  'sha-384': 48,
  'sha-512': 64,
};

/** More bytes than any digest has; libwebrtc has no room for them. */
const MOST = 64;

export type FingerprintFault =
  /** Not a hash name, one blank and a digest of hexadecimal pairs with colons: nobody can read it. */
  | 'unreadable'
  /** A hash function neither browser knows. */
  | 'hash'
  | 'length'
  /** A blank behind the digest, or two before it. */
  | 'padded'
  | 'lower-case'
  /** Every byte is the same: a placeholder. */
  | 'placeholder'
  | 'sha-1';

/** What is wrong with the value of an `a=fingerprint` line; undefined if nothing is or it is masked (guard G9). */
export function fingerprintFault(value: string): FingerprintFault | undefined {
  const [hash = '', digest = '', ...more] = value.trim().split(/[ \t]+/);
  if (isMasked(value.trim()) || isMasked(digest)) return undefined;
  const size = SIZES[hash.toLowerCase()];
  if (digest !== '' && more.length === 0 && size === undefined) return 'hash';
  if (more.length > 0 || !/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/.test(digest)) return 'unreadable';
  const bytes = digest.toUpperCase().split(':');
  if (bytes.length > MOST) return 'unreadable';
  if (bytes.length !== size) return 'length';
  if (/[ \t]$|[ \t]{2}/.test(value)) return 'padded';
  if (/[a-f]/.test(digest)) return 'lower-case';
  if (bytes[0] !== '00' && bytes.every((byte) => byte === bytes[0])) return 'placeholder';
  return hash.toLowerCase() === 'sha-1' ? 'sha-1' : undefined;
}

/** All fingerprint lines, in order, with the section they stand in (undefined: the session's). */
export function fingerprintLines(sdp: Sdp): readonly { attribute: Attribute; section: MSection | undefined }[] {
  const of = (attributes: readonly Attribute[], section: MSection | undefined) =>
    attributes.filter(({ name }) => name === 'fingerprint').map((attribute) => ({ attribute, section }));
  return [...of(sdp.attributes, undefined), ...sdp.media.flatMap((section) => of(section.attributes, section))];
}
