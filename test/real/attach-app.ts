/** An application to watch: a page with one connection that negotiates step by step, and the far side in the test. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const PAGE = `<!doctype html><title>app</title><script>
var early = String(RTCPeerConnection).includes('[native code]') && new RTCPeerConnection() instanceof RTCPeerConnection;
var errors = [];
var socket = new WebSocket('ws://' + location.host + '/signal');
var say = (message) => socket.send(JSON.stringify(message));
function start() {
  pc = new RTCPeerConnection();
  pc.onicecandidate = ({ candidate }) => say({ candidate });
  pc.addTransceiver('audio');
  channel = pc.createDataChannel('chat');
}
async function offer(change = (sdp) => sdp) {
  const made = await pc.createOffer();
  await pc.setLocalDescription({ type: 'offer', sdp: change(made.sdp) });
  say({ description: pc.localDescription });
}
socket.onmessage = async ({ data }) => {
  const { description, candidate } = JSON.parse(data);
  try {
    if (description) {
      await pc.setRemoteDescription(description);
      if (description.type === 'offer') {
        await pc.setLocalDescription();
        say({ description: pc.localDescription });
      }
    } else if (candidate) await pc.addIceCandidate(candidate);
  } catch (error) {
    errors.push(String(error));
  }
};
</script>`;

export interface Said {
  readonly description?: { readonly type: string; readonly sdp: string };
  readonly candidate?: object | null;
}

export interface App {
  readonly url: string;
  /** The next description that the newest page sends. */
  description(type: string): Promise<{ readonly type: string; readonly sdp: string }>;
  say(message: Said): void;
  /** Gets every candidate of the page. */
  candidates(hear: (candidate: object) => void): void;
  close(): Promise<void>;
}

/** Serves the page at every path, and extra paths with bodies of their own. */
export async function startApp(extra: Readonly<Record<string, string>> = {}): Promise<App> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const script = path.endsWith('.js');
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    if (path === '/negotiate') {
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => response.end(extra['/negotiate'] ?? '{}'));
    } else response.end(extra[path] ?? PAGE);
  });
  const sockets = new WebSocketServer({ server });
  let socket: WebSocket | undefined;
  let onCandidate: (candidate: object) => void = () => {};
  const said: NonNullable<Said['description']>[] = [];
  let look = () => {};
  sockets.on('connection', (one) => {
    socket = one;
    one.on('message', (data) => {
      const { description, candidate } = JSON.parse(String(data)) as Said;
      if (description) said.push(description);
      else if (candidate) onCandidate(candidate);
      look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    description: (type) =>
      new Promise((resolve) => {
        look = () => {
          const at = said.findIndex((one) => one.type === type);
          const [found] = at < 0 ? [] : said.splice(at, 1);
          if (found === undefined) return;
          look = () => {};
          resolve(found);
        };
        look();
      }),
    say: (message) => socket?.send(JSON.stringify(message)),
    candidates(hear) {
      onCandidate = hear;
    },
    async close() {
      for (const one of sockets.clients) one.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
