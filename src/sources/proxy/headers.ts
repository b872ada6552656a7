/**
 * What the proxy changes in HTTP headers, and nothing else: the name of the server. Everything is in node's raw form, so
 * that order, case and repetition stay as they are.
 */

import { opened } from './cors.ts';

/** The two names of one server. */
export interface Names {
  /** As the app sees it: `http://127.0.0.1:9000`. */
  readonly proxy: string;
  /** As it is: `https://example.org`. */
  readonly upstream: string;
  /** The origin of a page that came from the server itself, and not through the proxy, and asks now. */
  readonly page?: string;
}

/** name, value, name, value, … */
export type RawHeaders = readonly string[];

/** What is asked for; where it is a whole address (RFC 9112, section 3.2.2), of the server and not of the proxy. */
export const targetOf = (url: string | undefined, { proxy, upstream }: Names): string =>
  swapped(url ?? '/', proxy, upstream);

/** For the server: Host, and Origin and Referer where they name the proxy. */
export function requestHeaders(raw: RawHeaders, names: Names): string[] {
  const host = new URL(names.upstream).host;
  let hasHost = false;
  const headers = mapped(raw, (name, value) => {
    if (name === 'host') {
      hasHost = true;
      return host;
    }
    if (name === 'origin' || name === 'referer') return swapped(value, names.proxy, names.upstream);
    // So it would be without the proxy.
    if (name === 'sec-fetch-site' && names.page !== undefined) return 'same-origin';
    return value;
  });
  return framed(hasHost ? headers : ['Host', host, ...headers]);
}

/** Headers whose value may be an address of the server. */
const ADDRESSES = new Set(['location', 'content-location', 'link', 'refresh', 'access-control-allow-origin']);

/** For the app: addresses of the server become those of the proxy; cookies are for the proxy's host. */
export function responseHeaders(raw: RawHeaders, names: Names): string[] {
  const headers = mapped(raw, (name, value) => {
    if (NOT_OURS.has(name)) return undefined;
    if (POLICIES.has(name)) return policy(addresses(value, names), names);
    if (ADDRESSES.has(name)) return addresses(value, names);
    if (name === 'set-cookie') return cookie(value, names);
    return value;
  });
  return framed(names.page === undefined ? headers : opened(headers, names.page));
}

/** They speak of the connection to the server, or of what its name stands for beyond it. */
const NOT_OURS = new Set(['keep-alive', 'strict-transport-security', 'alt-svc']);
const POLICIES = new Set(['content-security-policy', 'content-security-policy-report-only']);

/** Where a policy names the server without a scheme. */
function policy(value: string, { proxy, upstream }: Names): string {
  const [ours, own] = [new URL(proxy).host, new URL(upstream).host];
  return value.replace(/[^\s;,]+/g, (source) => (source.toLowerCase() === own ? ours : source));
}

/**
 * Trailers are announced only where there can be some: Node refuses to send it otherwise. Chunks tell the length, whatever
 * else is said of it (RFC 9112, section 6.3).
 */
function framed(headers: string[]): string[] {
  const isChunked = /\bchunked\b/i.test(headerOf(headers, 'transfer-encoding') ?? '');
  return without(headers, isChunked ? LENGTH : TRAILER);
}

const [LENGTH, TRAILER] = [new Set(['content-length']), new Set(['trailer'])];

/** The head of a server's answer as it came, but for its names. */
export function headText(answer: Head, names: Names): string {
  const headers = responseHeaders(answer.rawHeaders, names);
  const { httpVersion, statusCode, statusMessage } = answer;
  return asText(`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, headers);
}

/** A head as it goes over the wire. */
export function asText(startLine: string, headers: RawHeaders): string {
  const lines = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []));
  return `${[startLine, ...lines].join('\r\n')}\r\n\r\n`;
}

/** The headers but for those of these names, which are in lower case. */
export function without(headers: RawHeaders, names: ReadonlySet<string>): string[] {
  return headers.filter((_, i) => !names.has((headers[i - (i % 2)] ?? '').toLowerCase()));
}

export interface Head {
  readonly httpVersion: string;
  readonly statusCode?: number | undefined;
  readonly statusMessage?: string | undefined;
  readonly rawHeaders: RawHeaders;
}

function mapped(raw: RawHeaders, change: (name: string, value: string) => string | undefined): string[] {
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = change(name.toLowerCase(), raw[i + 1] as string);
    // Node sends no control characters.
    if (value !== undefined) headers.push(name, value.replace(/[^\t\x20-\x7e\x80-\xff]/g, ''));
  }
  return headers;
}

/** An address begins with `from`, and nothing of the host follows. */
function swapped(text: string, from: string, to: string): string {
  const next = text[from.length] ?? '/';
  return text.toLowerCase().startsWith(from.toLowerCase()) && /[/?#]/.test(next) ? to + text.slice(from.length) : text;
}

/** Every address of the server in a header, as web and as WebSocket address, and without a scheme where one begins. */
function addresses(value: string, { proxy, upstream }: Names): string {
  const forms = [(origin: string) => origin, ws, bare];
  return value.replace(/(?:\b(?:https?|wss?):|(?<=^|<|url=['"]?))\/\/[^\s<>",;]+/gi, (url) =>
    forms.reduce((changed, form) => swapped(changed, form(upstream), form(proxy)), url),
  );
}

const ws = (origin: string): string => origin.replace(/^http/, 'ws');
const bare = (origin: string): string => origin.replace(/^https?:/, '');

/**
 * A cookie for the server's name would not come back, nor in every browser one for TLS only where the proxy has none; but
 * some need to be that, and browsers that trust loopback take them.
 */
function cookie(value: string, { proxy }: Names): string {
  const general = value.replace(/;\s*domain=[^;]*/gi, '');
  const secured =
    proxy.startsWith('https:') || /^__(?:host|secure)-|;\s*(?:samesite=none|partitioned)\b/i.test(general);
  return secured ? general : general.replace(/;\s*secure(?=\s*(?:;|$))/gi, '');
}

/** The value of a header; the first, if it is there more than once. */
export function headerOf(raw: RawHeaders, wanted: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) if (raw[i]?.toLowerCase() === wanted) return raw[i + 1];
  return undefined;
}
