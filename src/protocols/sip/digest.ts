/** Digest authentication (RFC 3261, section 22; RFC 7616; RFC 8760): the answer to a challenge. */
import { readParameters } from './address.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: string;
  readonly opaque: string | undefined;
  /** Quality of protection `auth` is offered. */
  readonly auth: boolean;
  /** The nonce is too old, the password was right. */
  readonly stale: boolean;
}

/** Hashes text to lower-case hexadecimal. */
type Hash = (text: string) => string;

let hashes: Readonly<Record<string, Hash>> = {};

/** Loads the hash functions. */
export async function loadHashes(): Promise<void> {
  const [{ md5 }, { sha256 }, { bytesToHex, utf8ToBytes }] = await Promise.all([
    import('@noble/hashes/legacy.js'),
    import('@noble/hashes/sha2.js'),
    import('@noble/hashes/utils.js'),
  ]);
  hashes = {
    MD5: (text) => bytesToHex(md5(utf8ToBytes(text))),
    'SHA-256': (text) => bytesToHex(sha256(utf8ToBytes(text))),
  };
}

/** The strongest of the challenges that can be answered, undefined if none can. */
export function readChallenges(values: readonly string[]): Challenge | undefined {
  const known = values.flatMap((value): readonly Challenge[] => {
    const [, rest] = /^\s*Digest\s+(.*)$/i.exec(value) ?? [];
    const { realm, nonce, opaque, qop, ...found } = readParameters(rest ?? '');
    const algorithm = (found.algorithm ?? 'MD5').toUpperCase();
    const auth = qop?.split(/[\s,]+/).includes('auth') === true;
    if (realm === undefined || nonce === undefined || !/^(?:MD5|SHA-256)(?:-SESS)?$/.test(algorithm)) return [];
    if (qop !== undefined && !auth) return [];
    return [{ realm, nonce, algorithm, opaque, auth, stale: found.stale?.toLowerCase() === 'true' }];
  });
  return known.find(({ algorithm }) => algorithm.startsWith('SHA')) ?? known[0];
}

export interface Purpose {
  readonly method: string;
  readonly uri: string;
  /** A fresh nonce of ours. */
  readonly cnonce: string;
  /** How often this nonce was answered, from 1. */
  readonly count: number;
}

/** What `Authorization` or `Proxy-Authorization` says. `loadHashes` goes before. */
export function answerChallenge(challenge: Challenge, { user, password }: Credentials, purpose: Purpose): string {
  const { realm, nonce, algorithm, opaque, auth } = challenge;
  const hash = hashes[algorithm.replace(/-SESS$/, '')];
  if (hash === undefined) throw new Error('loadHashes was not called');
  const { method, uri, cnonce } = purpose;
  const base = hash(`${user}:${realm}:${password}`);
  const secret = algorithm.endsWith('-SESS') ? hash(`${base}:${nonce}:${cnonce}`) : base;
  const count = purpose.count.toString(16).padStart(8, '0');
  const subject = hash(`${method}:${uri}`);
  const response = hash(
    auth ? `${secret}:${nonce}:${count}:${cnonce}:auth:${subject}` : `${secret}:${nonce}:${subject}`,
  );
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm.replace('-SESS', '-sess')}`,
    ...(auth ? [`qop=auth`, `nc=${count}`] : []),
    ...(auth || algorithm.endsWith('-SESS') ? [`cnonce=${quoted(cnonce)}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
