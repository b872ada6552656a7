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
  const { description, candidate, run } = JSON.parse(data);
  try {
    if (run) eval(run);
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

/** An answer to any offer of audio and data: enough to be parsed, not to be taken. */
const ANSWER = [
  'v=0',
  'o=- 77 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=ice-ufrag:aaaa',
  'a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa',
]
  .concat([
    `a=fingerprint:sha-256 ${Array(32).fill('AA').join(':')}`,
    'a=setup:active',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  ])
  .concat(['c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sendrecv', 'a=rtcp-mux', 'a=rtpmap:111 opus/48000/2', ''])
  .join('\r\n');

/** A page that looks for renego and tries to mislead it. */
const TRICKS = `<!doctype html><title>tricks</title><script>
var done = false;
var seen = {};
Object.prototype.toJSON = () => 'forged';
Array.prototype.toJSON = () => 'forged';
(async () => {
  seen.names = Object.getOwnPropertyNames(window).filter((name) => /renego|^_[0-9a-f]{24}$/.test(name));
  const pc = new RTCPeerConnection();
  seen.native = [RTCPeerConnection, pc.createOffer, WebSocket].every((one) => /\\[native code\\]/.test(String(one)));
  seen.same = pc instanceof RTCPeerConnection && pc.constructor === RTCPeerConnection
    && Object.getPrototypeOf(pc) === RTCPeerConnection.prototype && RTCPeerConnection.name === 'RTCPeerConnection'
    && RTCPeerConnection.prototype.setLocalDescription.length === 0 && class extends RTCPeerConnection {}.prototype instanceof RTCPeerConnection;
  const unhandled = new Promise((resolve) => addEventListener('unhandledrejection', (event) => { event.preventDefault(); resolve(event.reason.name); }));
  pc.createAnswer();
  seen.unhandled = await unhandled;
  delete Object.prototype.toJSON;
  delete Array.prototype.toJSON;
  done = true;
})();
function flood() {
  const pc = new RTCPeerConnection();
  for (let i = 0; i < 20000; i += 1) pc.restartIce();
}
function big() {
  const socket = new WebSocket('ws://' + location.host + '/signal');
  socket.onopen = () => socket.send('{"x":"' + 'y'.repeat(3000000) + '"}');
}
</script><body></body>`;

/** A tab that speaks to another tab of its kind. */
const TAB = `<!doctype html><title>tab</title><script>
var tabs = new BroadcastChannel('tabs');
var pc = new RTCPeerConnection();
pc.onicecandidate = ({ candidate }) => tabs.postMessage({ candidate: candidate && candidate.toJSON() });
pc.onnegotiationneeded = offer;
async function offer() {
  await pc.setLocalDescription();
  tabs.postMessage({ description: pc.localDescription.toJSON() });
}
tabs.onmessage = async ({ data: { description, candidate } }) => {
  if (!description) return pc.addIceCandidate(candidate);
  await pc.setRemoteDescription(description);
  if (description.type === 'offer') await offer();
};
</script>`;

const WORKER = `const socket = new WebSocket('ws://' + location.host + '/signal');
socket.onopen = () => socket.send(JSON.stringify({ type: 'offer', sdp: ${JSON.stringify(ANSWER.replace('active', 'actpass'))} }));`;

/** Pages and answers beside the application's own page. */
export const EXTRA: Readonly<Record<string, string>> = {
  '/framed': '<!doctype html><title>framed</title><iframe src="/"></iframe>',
  '/worker.js': WORKER,
  '/tricks': TRICKS,
  '/tab': TAB,
  '/negotiate': JSON.stringify({ type: 'answer', sdp: ANSWER }),
};

export interface Said {
  readonly description?: { readonly type: string; readonly sdp: string };
  readonly candidate?: object | null;
  /** For the page: a script to run. */
  readonly run?: string;
}

export interface App {
  readonly url: string;
  /** The next description that the newest page sends. */
  description(type: string): Promise<{ readonly type: string; readonly sdp: string }>;
  say(message: Said): void;
  /** A page has connected, after those that were there before. */
  joined(): Promise<void>;
  /** The next body that a page posts to /report. */
  reported(): Promise<string>;
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
    if (path === '/report') {
      let body = '';
      request.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      request.on('end', () => {
        response.end();
        hearReport(body);
      });
    } else if (path === '/negotiate') {
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => response.end(extra['/negotiate'] ?? '{}'));
    } else response.end(extra[path] ?? PAGE);
  });
  const sockets = new WebSocketServer({ server });
  let socket: WebSocket | undefined;
  let onCandidate: (candidate: object) => void = () => {};
  const said: NonNullable<Said['description']>[] = [];
  let look = () => {};
  let welcome = () => {};
  let hearReport: (body: string) => void = () => {};
  sockets.on('connection', (one) => {
    socket = one;
    welcome();
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
    joined: () =>
      new Promise((resolve) => {
        welcome = resolve;
      }),
    reported: () =>
      new Promise((resolve) => {
        hearReport = resolve;
      }),
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
