/** A room of two that speaks as Ayame does, for its SDK of npm: the server itself is in no registry. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface AyameRoom {
  readonly url: string;
  /** How many pings were answered. */
  readonly pongs: number;
  close(): void;
}

export async function startAyameRoom(): Promise<AyameRoom> {
  const http = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: http, path: '/signaling' });
  const members: WebSocket[] = [];
  let pongs = 0;
  sockets.on('connection', (socket) => {
    const say = (message: object): void => socket.send(JSON.stringify(message));
    socket.on('message', (raw) => {
      const { type } = JSON.parse(String(raw)) as { type: string };
      if (type === 'pong') pongs += 1;
      else if (type !== 'register') for (const other of members) if (other !== socket) other.send(String(raw));
      if (type !== 'register') return;
      if (members.length === 2) {
        say({ type: 'reject', reason: 'full' });
        return;
      }
      const exists = members.length === 1;
      members.push(socket);
      say({ type: 'accept', connectionId: 'c1', isExistClient: exists, isExistUser: exists, iceServers: [] });
      say({ type: 'ping' });
    });
    socket.on('close', () => {
      const at = members.indexOf(socket);
      if (at < 0) return;
      members.splice(at, 1);
      for (const other of members) other.send(JSON.stringify({ type: 'bye' }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/signaling`,
    get pongs() {
      return pongs;
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
}
