/**
 * The server's own address in what it sends: a config that says where the signaling is, a page or script with it. Whoever
 * follows it would pass by the proxy. Only whole texts in quotes that begin with the very origin are meant, of which
 * nothing but the origin is changed; never what is signed, hashed or a description, or says who somebody is.
 */
import type { IncomingMessage } from 'node:http';
import { mediaType } from './body.ts';
import { headerOf, type Names } from './headers.ts';

type Kind = 'json' | 'page' | 'script';

/** What a body may be that holds addresses; undefined: it is none of these. */
export function kindOf(answer: IncomingMessage): Kind | undefined {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299 || status === 206 || isSealed(answer)) return undefined;
  const type = mediaType(answer);
  if (/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type)) return 'json';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'page';
  return /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type) ? 'script' : undefined;
}

/** Somebody has signed it, or the page allows scripts by their hashes. */
function isSealed({ rawHeaders }: IncomingMessage): boolean {
  const seals = rawHeaders.some((name, i) => i % 2 === 0 && /(?:^|-)(?:digest|signature|md5)$/i.test(name));
  return seals || /'sha\d+-/.test(headerOf(rawHeaders, 'content-security-policy') ?? '');
}

/** Names of members that tell who somebody is, or what is signed by whom. */
const IDENTITY = ['iss', 'issuer', 'aud', 'audience', 'sub', 'client_id', 'redirect_uri', 'realm', 'origin'];
const NO_ADDRESS = new RegExp(`"(?:${IDENTITY.join('|')}|[$@]\\w+)"\\s*:\\s*$`);
const SIGNED = /"(?:signature|sig|hmac|jws|proof)"\s*:/;

export interface Readdressed {
  readonly text: string;
  /** How many addresses were changed. */
  readonly count: number;
}

/** `text`: the bytes as characters. Undefined if there is nothing to change, or it must not be. */
export function readdressed(text: string, kind: Kind, names: Names): Readdressed | undefined {
  if (/\bv=0(?:\\r|\\n|\r|\n)/.test(text)) return undefined;
  if (kind === 'json' ? SIGNED.test(text) : /'sha\d+-/.test(text)) return undefined;
  const [from, to] = [new URL(names.upstream), new URL(names.proxy)];
  const host = from.host.replace(/[.[\]]/g, '\\$&');
  const port = from.port === '' ? `(?::${from.protocol === 'https:' ? 443 : 80})?` : '';
  const scheme = from.protocol === 'https:' ? 'https|wss' : 'http|ws';
  const quotes = kind === 'json' ? '"' : '["\'`]';
  const next = kind === 'json' ? '["\\\\/?#]' : '["\'`\\\\/?#$]';
  const own = new RegExp(`(${quotes})(?:(${scheme}):)?(\\\\?/\\\\?/)${host}${port}(?=${next})`, 'gi');
  let count = 0;
  const changed = text.replace(own, (whole, quote: string, name: string | undefined, slashes: string, at: number) => {
    if (kind === 'json' && isNoValue(text, at)) return whole;
    count += 1;
    if (name === undefined) return `${quote}${slashes}${to.host}`;
    const plain = name.toLowerCase().startsWith('ws') ? 'ws' : 'http';
    return `${quote}${plain}${to.protocol === 'https:' ? 's' : ''}:${slashes}${to.host}`;
  });
  return count === 0 ? undefined : { text: changed, count };
}

const LONGEST_NAME = 80;
/** A string from its quote on that is the name of a member. */
const NAME = /"(?:[^"\\]|\\.)*"\s*:/y;

function isNoValue(text: string, at: number): boolean {
  NAME.lastIndex = at;
  return NAME.test(text) || NO_ADDRESS.test(text.slice(Math.max(0, at - LONGEST_NAME), at));
}
