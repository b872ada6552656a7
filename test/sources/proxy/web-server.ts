/** The proxy in front of a web server of a test. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProxyOptions } from '../../../src/sources/proxy/options.ts';
import { type Running, startProxy } from './ends.ts';

/** `origin` is the server's own. */
export type Handler = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

/** `closers` gets what ends both. */
export async function proxied(
  closers: (() => unknown)[],
  handler: Handler,
  options: Partial<ProxyOptions> = {},
): Promise<Running & { readonly origin: string; readonly server: Server }> {
  const server = createServer((request, response) => handler(request, response, origin)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const proxy = await startProxy(`${origin}/`, options);
  closers.push(
    () => {
      server.closeAllConnections();
      server.close();
    },
    () => proxy.stop(),
  );
  return Object.assign(proxy, { origin, server });
}
