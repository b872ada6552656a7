/** The server behind the proxy: its address, and how it is reached. */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { RenegoError } from '../../core/errors.ts';
import type { Relay } from './relay/relay.ts';

export interface Upstream {
  /** As it was given, with the scheme as web addresses have it. */
  readonly url: URL;
  readonly secure: boolean;
  /** `https://example.org`. */
  readonly origin: string;
  /** Its name without a port. */
  readonly host: string;
  request(method: string, path: string, headers: readonly string[], alone?: boolean): ClientRequest;
  close(): void;
}

/** Room for large cookies. */
export const MAX_HEADERS = 64 * 1024;

/** Throws RenegoError `usage`/`PROXY_URL` for what is no address of a server. */
export function createUpstream(address: string, insecure: boolean, dial: Relay['dial']): Upstream {
  const url = parseAddress(address);
  const secure = url.protocol === 'https:';
  const to = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
  };
  const createConnection = () => dial(to, secure ? { insecure } : undefined) as unknown as Socket;
  const agent = Object.assign(new HttpAgent({ keepAlive: true }), { createConnection });
  return {
    url,
    secure,
    origin: url.origin,
    host: url.hostname,
    request(method, path, headers, alone = false) {
      const request = httpRequest({
        ...to,
        method,
        path,
        headers,
        ...(alone ? { createConnection } : { agent }),
        maxHeaderSize: MAX_HEADERS,
        // What browsers put up with: bare line feeds, folded headers, a length beside chunks.
        insecureHTTPParser: true,
      });
      request.maxHeadersCount = 0;
      return request;
    },
    close: () => agent.destroy(),
  };
}

function parseAddress(address: string): URL {
  const hint = 'An address looks like ws://127.0.0.1:8080/ or https://example.org/app.';
  let url: URL;
  try {
    url = new URL(address.replace(/^ws(s?):/i, 'http$1:'));
  } catch {
    throw new RenegoError('usage', 'PROXY_URL', `'${address}' is not an address`, hint);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RenegoError('usage', 'PROXY_URL', `renego cannot forward to '${url.protocol}'`, hint);
  url.hash = '';
  return url;
}
