/** A signaling server of the MDN protocol that means harm: escapes, markup, floods, nonsense. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Hostile {
  readonly url: string;
  /** Sends all there is; `attacked` settles when it is on its way. */
  attack(): void;
  readonly attacked: Promise<void>;
  /** Breaks the connection without a word. */
  leave(): void;
  close(): void;
}

const ESC = '\u001b';
/** Clears the screen, colours it, sets the title, writes to the clipboard, turns the text around. */
const TRAP = `${ESC}[2J${ESC}[31mred${ESC}]0;owned\u0007${ESC}]52;c;aGFja2Vk\u0007\u202e\u0000\u009b2J<script>alert(1)</script>`;
const NAME = `eve${TRAP}`;

const SDP = [
  'v=0',
  `o=${TRAP} 1 2 IN IP4 127.0.0.1`,
  `s=${TRAP}`,
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  `a=ice-ufrag:${TRAP}`,
  'a=ice-pwd:0123456789012345678901',
  `a=fingerprint:sha-256 ${'AB:'.repeat(31)}AB`,
  'a=setup:actpass',
  'a=sendrecv',
  'a=rtcp-mux',
  `a=rtpmap:111 ${TRAP}/48000/2`,
  '',
].join('\r\n');

const offer = { type: 'video-offer', name: NAME, target: 'renego', sdp: { type: 'offer', sdp: SDP } };
const candidate = {
  type: 'new-ice-candidate',
  target: 'renego',
  candidate: { candidate: `candidate:${TRAP}`, sdpMid: TRAP, sdpMLineIndex: 0, usernameFragment: TRAP },
};

const BIG = 10 * 1024 * 1024;

export async function startHostile(): Promise<Hostile> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const sockets = new Set<WebSocket>();
  let done: () => void = () => {};
  const attacked = new Promise<void>((resolve) => {
    done = resolve;
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const say = (message: object) => socket.send(JSON.stringify(message));
    say({ type: 'id', id: 1 });
    socket.once('message', () => {
      say({ type: 'userlist', users: ['renego', NAME] });
      say(offer);
      socket.send(`{"type": "cut off${TRAP}`);
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    attacked,
    attack() {
      for (const socket of sockets) {
        socket.send(JSON.stringify(candidate));
        socket.send(Buffer.from(`${TRAP}\u0000\u0001`, 'latin1'));
        socket.send(JSON.stringify({ type: 'message', name: NAME, text: 'x'.repeat(BIG) }));
        socket.send(JSON.stringify({ type: TRAP, name: NAME }));
        socket.send('[]');
        socket.send('');
        socket.send(JSON.stringify({ type: 'last words' }), () => done());
      }
    },
    leave() {
      for (const socket of sockets) socket.terminate();
    },
    close() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}
