/**
 * Stands in for ion-sfu, which neither npm nor Debian has: a session for two that speaks its JSON-RPC and passes the publisher
 * of each on as the subscriber of the other.
 */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Call {
  readonly method?: string;
  readonly id?: number;
  readonly params?: {
    readonly offer?: unknown;
    readonly desc?: unknown;
    readonly target?: number;
    readonly candidate?: unknown;
  };
}

export async function startIonRoom(): Promise<{ readonly url: string; close(): void }> {
  const members: { readonly socket: WebSocket; open: number | undefined; readonly held: string[] }[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws' });
  await new Promise((resolve) => server.once('listening', resolve));
  const rpc = (rest: object) => JSON.stringify({ jsonrpc: '2.0', ...rest });

  server.on('connection', (socket) => {
    const me = { socket, open: undefined as number | undefined, held: [] as string[] };
    members.push(me);
    const other = () => members.find((one) => one !== me);
    /** What is published while nobody is there waits. */
    const pass = (message: object) => {
      const to = other();
      if (to === undefined) me.held.push(rpc(message));
      else to.socket.send(rpc(message));
    };
    socket.on('message', (data) => {
      const { method, id, params = {} } = JSON.parse(String(data)) as Call;
      if (method === 'join' || method === 'offer') {
        me.open = id;
        pass({ method: 'offer', params: params.offer ?? params.desc });
        for (const held of other()?.held.splice(0) ?? []) socket.send(held);
      }
      const they = other();
      if (method === 'answer' && they) they.socket.send(rpc({ id: they.open, result: params.desc }));
      if (method === 'trickle') pass({ method, params: { ...params, target: params.target === 0 ? 1 : 0 } });
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
