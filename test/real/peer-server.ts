/** The PeerServer of npm, on a free port. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { foreign } from './foreign.ts';

export interface PeerServer {
  /** With the path that its clients ask for. */
  readonly url: string;
  close(): void;
}

export async function startPeerServer(): Promise<PeerServer> {
  const { PeerServer } = foreign('peer') as { PeerServer(options: object, ready: (server: Server) => void): unknown };
  const server = await new Promise<Server>((resolve) => {
    PeerServer({ host: '127.0.0.1', port: 0, path: '/app', expire_timeout: 1_000, cleanup_out_msgs: 200 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}/app`, close: () => server.close() };
}
