/**
 * Servers after the wire formats of systems that no registry has: GStreamer's simple_server and the one of its plugins in
 * Rust, AppRTC's room server with Collider, and Galène, whose streams end at a peer connection of its own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Scripted {
  /** Where renego is sent. */
  readonly url: string;
  close(): void;
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function listen(
  connected: (socket: WebSocket) => void,
  handle?: Handler,
): Promise<{ host: string; close(): void }> {
  const http: Server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    if (handle) handle(request, response, body);
    else response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', connected);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(http.address() as AddressInfo).port}`,
    close() {
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
}

/** HELLO, SESSION, ROOM, and what is for a peer passed on as it is. */
export async function startSimpleServer(): Promise<Scripted> {
  const peers = new Map<string, WebSocket>();
  const sessions = new Map<string, string>();
  const rooms = new Map<string, Set<string>>();
  const { host, close } = await listen((socket) => {
    let me = '';
    let room: Set<string> | undefined;
    const words: Readonly<Record<string, (rest: string) => void>> = {
      HELLO(uid) {
        if (peers.has(uid)) {
          socket.send('ERROR invalid peer uid');
          socket.close(1002);
          return;
        }
        me = uid;
        peers.set(uid, socket);
        socket.send('HELLO');
      },
      SESSION(uid) {
        if (!peers.has(uid)) socket.send(`ERROR peer '${uid}' not found`);
        else if (sessions.has(uid)) socket.send(`ERROR peer '${uid}' busy`);
        else {
          sessions.set(uid, me).set(me, uid);
          socket.send('SESSION_OK');
        }
      },
      ROOM(id) {
        room = rooms.get(id) ?? new Set();
        rooms.set(id, room);
        socket.send(`ROOM_OK ${[...room].join(' ')}`.trim());
        for (const one of room) peers.get(one)?.send(`ROOM_PEER_JOINED ${me}`);
        room.add(me);
      },
      ROOM_PEER_MSG(rest) {
        const [to = ''] = rest.split(' ', 1);
        peers.get(to)?.send(`ROOM_PEER_MSG ${me} ${rest.slice(to.length + 1)}`);
      },
    };
    socket.on('message', (data) => {
      const text = String(data);
      const [word = ''] = text.split(' ', 1);
      const known = words[word];
      if (known) known(text.slice(word.length + 1));
      else peers.get(sessions.get(me) ?? '')?.send(text);
    });
    socket.on('close', () => {
      if (peers.get(me) === socket) peers.delete(me);
      for (const one of room ?? []) if (one !== me) peers.get(one)?.send(`ROOM_PEER_LEFT ${me}`);
      room?.delete(me);
      const other = sessions.get(me) ?? '';
      sessions.delete(me);
      if (sessions.delete(other)) peers.get(other)?.close();
    });
  });
  return { url: `ws://${host}/`, close };
}

interface RoomClient {
  readonly id: string;
  initiator: boolean;
  readonly messages: string[];
  socket?: WebSocket;
}

/** The signalling server of gst-plugins-rs: producers are listed, sessions are started by consumers and passed on. */
export async function startGstSignalling(): Promise<Scripted> {
  const peers = new Map<string, WebSocket>();
  const producers = new Set<string>();
  const sessions = new Map<string, readonly [string, string]>();
  let count = 0;
  const { host, close } = await listen((socket) => {
    count += 1;
    const me = `peer-${count}`;
    peers.set(me, socket);
    const say = (to: string, message: object): void => peers.get(to)?.send(JSON.stringify(message));
    say(me, { type: 'welcome', peerId: me });
    socket.on('message', (raw) => {
      const message = JSON.parse(String(raw)) as { type: string; peerId: string; sessionId: string; roles: string[] };
      const { type, peerId, sessionId } = message;
      if (type === 'setPeerStatus' && message.roles.includes('producer')) producers.add(me);
      if (type === 'list') say(me, { type: 'list', producers: [...producers].map((id) => ({ id, meta: null })) });
      if (type === 'startSession') {
        const id = `session-${sessions.size + 1}`;
        sessions.set(id, [me, peerId]);
        say(me, { type: 'sessionStarted', peerId, sessionId: id });
        say(peerId, { type: 'startSession', peerId: me, sessionId: id });
      }
      if (type !== 'peer' && type !== 'endSession') return;
      const [other] = (sessions.get(sessionId) ?? []).filter((one) => one !== me);
      if (other !== undefined) say(other, message);
      if (type === 'endSession') sessions.delete(sessionId);
    });
    socket.on('close', () => {
      peers.delete(me);
      producers.delete(me);
    });
  });
  return { url: `ws://${host}/`, close };
}

/** `/join`, `/message`, `/leave` over HTTP; `register` and `send` over WebSocket. */
export async function startApprtc(): Promise<Scripted> {
  const rooms = new Map<string, Map<string, RoomClient>>();
  let made = 0;
  const otherOf = (room: string, id: string): RoomClient | undefined =>
    [...(rooms.get(room)?.values() ?? [])].find((one) => one.id !== id);
  const pass = (to: RoomClient | undefined, msg: string): void => to?.socket?.send(JSON.stringify({ msg, error: '' }));

  function join(room: string, host: string): object {
    const clients = rooms.get(room) ?? new Map<string, RoomClient>();
    rooms.set(room, clients);
    if (clients.size > 1) return { result: 'FULL' };
    made += 1;
    const one: RoomClient = { id: String(made), initiator: clients.size === 0, messages: [] };
    const [there] = clients.values();
    clients.set(one.id, one);
    const params = {
      is_initiator: String(one.initiator),
      room_id: room,
      client_id: one.id,
      wss_url: `ws://${host}/ws`,
      wss_post_url: `http://${host}/post`,
      messages: there?.messages.splice(0) ?? [],
    };
    return { result: 'SUCCESS', params };
  }

  const { host, close } = await listen(
    (socket) => {
      let me: { room: string; id: string } | undefined;
      socket.on('message', (data) => {
        const { cmd, roomid, clientid, msg } = JSON.parse(String(data)) as Record<string, string>;
        const one = rooms.get(roomid ?? '')?.get(clientid ?? '');
        if (cmd === 'register' && one && !me) {
          me = { room: roomid ?? '', id: one.id };
          one.socket = socket;
        } else if (cmd === 'send' && me) pass(otherOf(me.room, me.id), msg ?? '');
        else {
          socket.send(JSON.stringify({ msg: '', error: 'Duplicated register request, or none' }));
          socket.close();
        }
      });
    },
    (request, response, body) => {
      const [, what = '', room = '', id = ''] = (request.url ?? '').split('/');
      const answer = (value: object): void => void response.end(JSON.stringify(value));
      const one = rooms.get(room)?.get(id);
      if (what === 'join') answer(join(room, request.headers.host ?? ''));
      else if (what === 'message' && one) {
        const other = otherOf(room, id);
        if (other) pass(other, body);
        else one.messages.push(body);
        answer({ result: 'SUCCESS' });
      } else if (what === 'leave' && one) {
        rooms.get(room)?.delete(id);
        const other = otherOf(room, id);
        if (other) other.initiator = true;
        response.end();
      } else if (what === 'post') response.end();
      else answer({ result: 'UNKNOWN_CLIENT' });
    },
  );
  return { url: `http://${host}`, close };
}

interface Connection {
  localDescription: { sdp: string };
  addTrack(track: unknown, stream: unknown): unknown;
  createOffer(options?: { iceRestart?: boolean }): Promise<RTCSessionDescriptionInit>;
  createAnswer(): Promise<RTCSessionDescriptionInit>;
  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
  onicecandidate: (event: { candidate: RTCIceCandidateInit | null }) => void;
  close(): void;
}

interface Stack {
  RTCPeerConnection: new () => Connection;
  MediaStream: new () => unknown;
  nonstandard: { RTCAudioSource: new () => { createTrack(): { stop(): void }; onData(frame: object): void } };
}

type Message = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** A group `test` where somebody called ann already sends a tone. */
export async function startGalene(): Promise<Scripted> {
  const stack = createRequire(import.meta.url)('@roamhq/wrtc') as Stack;
  const ends: (() => void)[] = [];

  function serve(socket: WebSocket): void {
    const say = (message: object): void => socket.send(JSON.stringify(message));
    const streams = new Map<string, Connection>();

    function open(id: string): Connection {
      const pc = new stack.RTCPeerConnection();
      pc.onicecandidate = ({ candidate }) => {
        // Pion names no section and no generation.
        if (candidate?.candidate)
          say({ type: 'ice', id, candidate: { ...plain(candidate), sdpMid: '', usernameFragment: null } });
      };
      streams.set(id, pc);
      ends.push(() => pc.close());
      return pc;
    }

    async function offer(id: string, pc: Connection, kind: '' | 'renegotiate'): Promise<void> {
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: kind === 'renegotiate' }));
      say({ type: 'offer', kind, id, label: 'camera', source: 'u1', username: 'ann', sdp: pc.localDescription.sdp });
    }

    async function sendTone(): Promise<void> {
      const source = new stack.nonstandard.RTCAudioSource();
      const track = source.createTrack();
      const samples = Int16Array.from({ length: 160 }, (_, i) => Math.round(2_000 * Math.sin((2 * Math.PI * i) / 40)));
      const frame = { samples, sampleRate: 16_000, bitsPerSample: 16, numberOfFrames: 160 };
      const feeding = setInterval(() => source.onData(frame), 10);
      ends.unshift(() => {
        clearInterval(feeding);
        track.stop();
      });
      const pc = open('down1');
      pc.addTrack(track, new stack.MediaStream());
      await offer('down1', pc, '');
    }

    async function heard(message: Message): Promise<void> {
      const { type, id } = message;
      const pc = streams.get(id);
      if (type === 'handshake') say({ type: 'handshake', version: ['2'] });
      else if (type === 'join' && message.password !== 'secret')
        say({ type: 'joined', kind: 'fail', value: 'not authorised' });
      else if (type === 'join' && message.kind === 'join') {
        say({
          type: 'joined',
          kind: 'join',
          group: 'test',
          username: message.username,
          permissions: ['present'],
          rtcConfiguration: {},
        });
        say({ type: 'user', kind: 'add', id: 'u1', username: 'ann' });
        say({ type: 'ping' });
      } else if (type === 'request') await sendTone();
      else if (type === 'offer') {
        const up = pc ?? open(id);
        await up.setRemoteDescription({ type: 'offer', sdp: message.sdp as string });
        await up.setLocalDescription(await up.createAnswer());
        say({ type: 'answer', id, sdp: up.localDescription.sdp });
      } else if (type === 'answer') await pc?.setRemoteDescription({ type: 'answer', sdp: message.sdp as string });
      else if (type === 'ice') await pc?.addIceCandidate(message.candidate as RTCIceCandidateInit);
      else if (type === 'renegotiate' && pc) await offer(id, pc, 'renegotiate');
      else if (type === 'abort') say({ type: 'close', id });
    }

    let turn = Promise.resolve();
    socket.on('message', (data) => {
      turn = turn.then(() => heard(JSON.parse(String(data)) as Message));
    });
  }

  const { host, close } = await listen(serve, (request, response) => {
    if (request.url !== '/group/test/.status') response.writeHead(404).end();
    else
      response.end(
        JSON.stringify({ name: 'test', location: request.url, endpoint: `ws://${request.headers.host}/ws` }),
      );
  });
  return {
    url: `http://${host}/group/test/`,
    close() {
      for (const end of ends) end();
      close();
    },
  };
}

const plain = ({ candidate, sdpMLineIndex }: RTCIceCandidateInit): RTCIceCandidateInit => ({
  candidate: candidate ?? '',
  sdpMLineIndex: sdpMLineIndex ?? null,
});
