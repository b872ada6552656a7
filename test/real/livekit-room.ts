/**
 * Stands in for a LiveKit server, which neither npm nor Debian has: a room for two that speaks LiveKit's messages and
 * passes the publisher of each on as the subscriber of the other. It serves a page with LiveKit's own client.
 */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  JoinResponse,
  ParticipantInfo,
  ParticipantInfo_State,
  ParticipantPermission,
  ParticipantUpdate,
  Pong,
  ReconnectResponse,
  Room,
  ServerInfo,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SignalTarget,
  TrackInfo,
  TrackPublishedResponse,
  TrickleRequest,
} from '@livekit/protocol';
import { type WebSocket, WebSocketServer } from 'ws';

export interface LivekitRoom {
  /** What a client is given. */
  readonly url: string;
  readonly page: string;
  /** The last request line of everyone who came. */
  readonly dialled: string[];
  /** Called when a participant has taken its session up again. */
  resumed: (identity: string) => void;
  close(): Promise<void>;
}

type Sent = SignalRequest['message'];

interface Member {
  readonly identity: string;
  readonly sid: string;
  socket: WebSocket;
  json: boolean;
  readonly tracks: TrackInfo[];
  /** What it said to its publisher while nobody else was there. */
  readonly held: Sent[];
}

const PAGE = `<!doctype html><title>LiveKit</title><script src="/client.js"></script><script>
const media = () => {
  const canvas = document.createElement('canvas');
  const paint = canvas.getContext('2d');
  setInterval(() => { paint.fillStyle = '#' + Math.floor(Math.random() * 4096).toString(16).padStart(3, '0'); paint.fillRect(0, 0, 300, 150); }, 40);
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return { audio: out.stream.getAudioTracks()[0], video: canvas.captureStream(25).getVideoTracks()[0] };
};
window.told = [];
window.begin = async (url) => {
  const room = new LivekitClient.Room({ singlePeerConnection: false });
  window.room = room;
  for (const name of ['trackSubscribed', 'participantConnected', 'participantDisconnected', 'disconnected']) {
    room.on(name, (one) => told.push(name + ' ' + (one && (one.kind || one.identity) || '')));
  }
  await room.connect(url, 'token-of-web');
  const { audio, video } = media();
  const { Track } = LivekitClient;
  await room.localParticipant.publishTrack(audio, { source: Track.Source.Microphone });
  await room.localParticipant.publishTrack(video, { source: Track.Source.Camera, simulcast: false });
};
window.received = async () => {
  const transport = room.engine.pcManager.subscriber;
  const report = transport ? await transport.getStats() : new Map();
  return [...report.values()].filter((one) => one.type === 'inbound-rtp' && one.packetsReceived > 0).map((one) => one.kind).sort().join();
};
window.restart = () => room.engine.pcManager.triggerIceRestart();
</script>`;

export async function startLivekitRoom(): Promise<LivekitRoom> {
  const script = readFileSync(
    join(import.meta.dirname, '../servers/node_modules/livekit-client/dist/livekit-client.umd.js'),
  );
  const http = createServer((request, response) => {
    const [type, body] = request.url === '/client.js' ? ['text/javascript', script] : ['text/html', PAGE];
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(body);
  });
  const members = new Map<string, Member>();
  const sockets = new WebSocketServer({ server: http, path: '/rtc' });
  const dialled: string[] = [];
  let tracks = 0;

  const say = (one: Member, message: SignalResponse['message']): void => {
    const response = new SignalResponse({ message } as never);
    one.socket.send(one.json ? response.toJsonString() : response.toBinary());
  };

  const permission = new ParticipantPermission({ canPublish: true, canSubscribe: true, canPublishData: true });
  const infoOf = ({ identity, sid, tracks: list }: Member, state = ParticipantInfo_State.ACTIVE): ParticipantInfo =>
    new ParticipantInfo({ identity, sid, state, tracks: list, permission });

  const others = (one: Member): Member[] => [...members.values()].filter((other) => other !== one);

  const tellOf = (one: Member, state?: ParticipantInfo_State): void => {
    const value = new ParticipantUpdate({ participants: [infoOf(one, state)] });
    for (const other of others(one)) say(other, { case: 'update', value });
  };

  /** LiveKit's client finds a track by the ids of participant and track in its stream's name. */
  function renamed(sdp: string, { sid, tracks: list }: Member): string {
    return sdp.replace(/^(a=msid:)\S+ (\S+)/gm, (line, name: string, cid: string) => {
      const track = list.find((one) => one.mid === cid);
      return track ? `${name}${sid}|${track.sid} ${track.sid}` : line;
    });
  }

  function pass(from: Member, to: Member, message: Sent): void {
    switch (message.case) {
      case 'offer':
        say(to, {
          case: 'offer',
          value: new SessionDescription({ type: 'offer', sdp: renamed(message.value.sdp, from), id: message.value.id }),
        });
        break;
      case 'answer':
        say(to, { case: 'answer', value: message.value });
        break;
      case 'trickle': {
        const { candidateInit, target, final } = message.value;
        const other = target === SignalTarget.PUBLISHER ? SignalTarget.SUBSCRIBER : SignalTarget.PUBLISHER;
        say(to, { case: 'trickle', value: new TrickleRequest({ candidateInit, final, target: other }) });
      }
    }
  }

  function heard(one: Member, message: Sent): void {
    switch (message.case) {
      case 'addTrack': {
        tracks += 1;
        const { cid, type, source, name } = message.value;
        // `mid` keeps the client's own id, to find it in the offer.
        const track = new TrackInfo({ sid: `TR_${tracks}`, type, source, name, mid: cid });
        one.tracks.push(track);
        say(one, { case: 'trackPublished', value: new TrackPublishedResponse({ cid, track }) });
        tellOf(one);
        break;
      }
      case 'offer':
      case 'answer':
      case 'trickle': {
        const [other] = others(one);
        if (other) pass(one, other, message);
        else one.held.push(message);
        break;
      }
      case 'pingReq':
        say(one, { case: 'pongResp', value: new Pong({ lastPingTimestamp: message.value.timestamp }) });
        break;
      case 'ping':
        say(one, { case: 'pong', value: message.value });
        break;
      case 'syncState':
        room.resumed(one.identity);
        break;
      case 'leave':
        members.delete(one.sid);
        tellOf(one, ParticipantInfo_State.DISCONNECTED);
    }
  }

  sockets.on('connection', (socket, request) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    dialled.push(request.url ?? '');
    const back = members.get(query.get('sid') ?? '');
    const identity = (query.get('access_token') ?? '').replace('token-of-', '');
    const one = back ?? { identity, sid: `PA_${identity}`, socket, json: false, tracks: [], held: [] };
    one.socket = socket;
    socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      one.json = !isBinary;
      const message = isBinary ? SignalRequest.fromBinary(bytes) : SignalRequest.fromJsonString(bytes.toString());
      heard(one, message.message);
    });
    if (back) {
      say(one, { case: 'reconnect', value: new ReconnectResponse() });
      return;
    }
    members.set(one.sid, one);
    say(one, {
      case: 'join',
      value: new JoinResponse({
        room: new Room({ name: 'den', sid: 'RM_1' }),
        participant: infoOf(one),
        otherParticipants: others(one).map((other) => infoOf(other)),
        serverVersion: '1.8.0',
        serverInfo: new ServerInfo({ version: '1.8.0', protocol: 15 }),
        pingInterval: 5,
        pingTimeout: 15,
      }),
    });
    tellOf(one);
    for (const other of others(one)) for (const message of other.held.splice(0)) pass(other, one, message);
  });

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const room: LivekitRoom = {
    url: `ws://${host}/`,
    page: `http://${host}/`,
    dialled,
    resumed: () => {},
    async close() {
      for (const client of sockets.clients) client.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };
  return room;
}
