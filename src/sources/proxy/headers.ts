/**
 * What the proxy changes in HTTP headers, and nothing else: the name of the server. Everything is in node's raw form, so
 * that order, case and repetition stay as they are.
 */

/** The two names of one server. */
export interface Names {
  /** As the app sees it: `http://127.0.0.1:9000`. */
  readonly proxy: string;
  /** As it is: `https://example.org`. */
  readonly upstream: string;
}

/** name, value, name, value, … */
export type RawHeaders = readonly string[];

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
    return value;
  });
  return hasHost ? headers : ['Host', host, ...headers];
}

/** Headers whose value may be an address of the server. */
const ADDRESSES = new Set(['location', 'content-location', 'link', 'refresh', 'access-control-allow-origin']);

/** For the app: addresses of the server become those of the proxy; cookies are for the proxy's host. */
export function responseHeaders(raw: RawHeaders, names: Names): string[] {
  return mapped(raw, (name, value) => {
    // It speaks of the connection to the server.
    if (name === 'keep-alive') return undefined;
    if (ADDRESSES.has(name)) return addresses(value, names);
    if (name === 'set-cookie') return cookie(value, names);
    return value;
  });
}

function mapped(raw: RawHeaders, change: (name: string, value: string) => string | undefined): string[] {
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = change(name.toLowerCase(), raw[i + 1] as string);
    if (value !== undefined) headers.push(name, value);
  }
  return headers;
}

/** An address begins with `from`, and nothing of the host follows. */
function swapped(text: string, from: string, to: string): string {
  const next = text[from.length] ?? '/';
  return text.toLowerCase().startsWith(from.toLowerCase()) && /[/?#]/.test(next) ? to + text.slice(from.length) : text;
}

/** Every address of the server in a header, as web and as WebSocket address. */
function addresses(value: string, { proxy, upstream }: Names): string {
  const host = (origin: string) => origin.replace(/^http/, 'ws');
  return value.replace(/\b(?:https?|wss?):\/\/[^\s<>",;]+/gi, (url) =>
    swapped(swapped(url, upstream, proxy), host(upstream), host(proxy)),
  );
}

/** A cookie for the server's name would not come back, nor one for TLS only where the proxy has none. */
function cookie(value: string, { proxy }: Names): string {
  const dropped = proxy.startsWith('https:') ? /;\s*domain=[^;]*/gi : /;\s*(?:domain=[^;]*|secure(?=\s*(?:;|$)))/gi;
  return value.replace(dropped, '');
}

/** The value of a header; the first, if it is there more than once. */
export function headerOf(raw: RawHeaders, wanted: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) if (raw[i]?.toLowerCase() === wanted) return raw[i + 1];
  return undefined;
}
