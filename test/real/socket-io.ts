/** Signaling servers on Socket.IO 2 and 4, each with the page of its own that a tutorial would have. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** Loads the packages that test/servers has installed. */
export const servers = createRequire(new URL('../servers/package.json', import.meta.url));

/** What is used of a Socket.IO server, old and new. */
interface Socket {
  readonly id: string;
  on(event: string, listener: (...args: never[]) => void): void;
  emit(event: string, ...args: unknown[]): void;
  join(room: string): unknown;
  to(room: string): { emit(event: string, ...args: unknown[]): void };
  readonly broadcast: { emit(event: string, ...args: unknown[]): void };
}
export interface SocketServer {
  on(event: 'connection', listener: (socket: Socket) => void): void;
  to(room: string): { emit(event: string, ...args: unknown[]): void };
  close(): void;
}

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** A web server with this page at `/`, its scripts (files of the packages of others) and what `attach` puts beside them. */
export async function site(
  html: string,
  scripts: Readonly<Record<string, string>>,
  attach: (server: Server) => { close(): void },
): Promise<Site> {
  const server = createServer(({ url = '' }: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = url.split('?', 1);
    const script = scripts[path];
    if (path === '/') response.setHeader('content-type', 'text/html').end(html);
    else if (script !== undefined) {
      const file = new URL(`../servers/node_modules/${script}`, import.meta.url);
      response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
    }
  });
  const beside = attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      beside.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sound without a microphone, and how a peer connection fares. */
export const PAGE_HELPERS = `
  const sound = () => {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const tone = context.createOscillator();
    tone.connect(out);
    tone.start();
    return out.stream;
  };
  const transportOf = async (pc) => {
    const all = [...(await pc.getStats()).values()];
    const transport = all.find(({ type }) => type === 'transport') ?? {};
    const pair = all.find(({ id }) => id === transport.selectedCandidatePairId);
    return {
      local: transport.iceLocalUsernameFragment,
      remote: all.find(({ id }) => id === pair?.remoteCandidateId)?.usernameFragment,
      // On all pairs: the other side may send on another one than we do.
      succeeded: pair?.state === 'succeeded' && transport.bytesReceived > 0,
      sound: all.some(({ type, kind, packetsReceived }) => type === 'inbound-rtp' && kind === 'audio' && packetsReceived > 0),
    };
  };
  const errors = [];
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
`;

/** Who is there offers to who comes; messages go to whom they name. */
export function roomServer(io: SocketServer): void {
  io.on('connection', (socket) => {
    socket.on('join', (room: string) => {
      socket.join(room);
      socket.to(room).emit('user-joined', socket.id);
      socket.on('disconnect', () => socket.to(room).emit('user-left', socket.id));
    });
    for (const event of ['offer', 'answer', 'ice-candidate']) {
      socket.on(event, ({ to, ...content }: { to: string }) => {
        io.to(to).emit(event, { ...content, from: socket.id });
      });
    }
  });
}

export const ROOM_PAGE = `<!doctype html><title>room</title><script src="/client.js"></script><script>
  ${PAGE_HELPERS}
  let pc, channel;
  const heard = [];
  const socket = io();
  const listen = (one) => { channel = one; one.onmessage = ({ data }) => heard.push(data); };
  function connection(peer) {
    pc = new RTCPeerConnection();
    pc.onicecandidate = ({ candidate }) => { if (candidate) socket.emit('ice-candidate', { to: peer, candidate }); };
    pc.ondatachannel = (event) => listen(event.channel);
    for (const track of sound().getTracks()) pc.addTrack(track);
    return pc;
  }
  socket.on('user-joined', async (peer) => {
    connection(peer);
    listen(pc.createDataChannel('chat'));
    await pc.setLocalDescription();
    socket.emit('offer', { to: peer, offer: pc.localDescription });
  });
  socket.on('offer', async ({ from, offer }) => {
    if (!pc) connection(from);
    await pc.setRemoteDescription(offer);
    await pc.setLocalDescription();
    socket.emit('answer', { to: from, answer: pc.localDescription });
  });
  socket.on('answer', ({ answer }) => pc.setRemoteDescription(answer));
  socket.on('ice-candidate', ({ candidate }) => pc.addIceCandidate(candidate));
  socket.on('user-left', () => { pc.close(); });
  let joined = new Promise((resolve) => socket.on('connect', () => { socket.emit('join', 'lobby'); resolve(); }));
</script>`;

/** Rooms of two, in which everything goes to everybody, as in the codelab: also to those who are in no room. */
export function codelabServer(io: SocketServer): void {
  const counts = new Map<string, number>();
  io.on('connection', (socket) => {
    socket.on('create or join', (room: string) => {
      const count = counts.get(room) ?? 0;
      if (count >= 2) {
        socket.emit('full', room);
        return;
      }
      counts.set(room, count + 1);
      if (count > 0) io.to(room).emit('join', room);
      socket.join(room);
      socket.emit(count === 0 ? 'created' : 'joined', room, socket.id);
      if (count > 0) io.to(room).emit('ready');
    });
    socket.on('message', (message: unknown) => {
      socket.emit('log', ['Message from server:', 'Client said: ', message]);
      socket.broadcast.emit('message', message);
    });
  });
}

export const CODELAB_PAGE = `<!doctype html><title>codelab</title><script src="/client.js"></script><script>
  ${PAGE_HELPERS}
  let pc, channel, isInitiator = false, isStarted = false, isChannelReady = false, hungUp = false;
  const heard = [];
  const socket = io.connect();
  const say = (message) => socket.emit('message', message);
  const listen = (one) => { channel = one; one.onmessage = ({ data }) => heard.push(data); };
  const local = (description) => { pc.setLocalDescription(description); say(description); };
  function maybeStart() {
    if (isStarted || !isChannelReady) return;
    pc = new RTCPeerConnection();
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      say({ type: 'candidate', label: candidate.sdpMLineIndex, id: candidate.sdpMid, candidate: candidate.candidate });
    };
    pc.ondatachannel = (event) => listen(event.channel);
    pc.addStream(sound());
    isStarted = true;
    if (!isInitiator) return;
    listen(pc.createDataChannel('chat'));
    pc.createOffer(local, console.error);
  }
  socket.on('created', () => { isInitiator = true; });
  socket.on('join', () => { isChannelReady = true; });
  let joined = new Promise((resolve) => { socket.on('created', resolve); socket.on('joined', resolve); });
  socket.on('joined', () => { isChannelReady = true; });
  socket.on('message', (message) => {
    if (message === 'got user media') maybeStart();
    else if (message.type === 'offer') {
      if (!isInitiator && !isStarted) maybeStart();
      pc.setRemoteDescription(new RTCSessionDescription(message));
      pc.createAnswer().then(local);
    } else if (message.type === 'answer' && isStarted) pc.setRemoteDescription(new RTCSessionDescription(message));
    else if (message.type === 'candidate' && isStarted) {
      pc.addIceCandidate(new RTCIceCandidate({ sdpMLineIndex: message.label, candidate: message.candidate }));
    } else if (message === 'bye' && isStarted) { hungUp = true; pc.close(); }
  });
  socket.emit('create or join', 'lobby');
  joined.then(() => say('got user media'));
</script>`;
