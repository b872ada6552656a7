/** A signaling server like no other, and a page that speaks it: what a home-made system looks like. Keeps all frames. */
import { type WebSocket, WebSocketServer } from 'ws';
import { PAGE_HELPERS, type Site, site } from './socket-io.ts';

export interface OddRoom extends Site {
  /** What went over the wire, as captured frames. */
  capture(): string;
}

interface Message {
  readonly op: string;
  readonly to?: number;
}

export async function startOddRoom(): Promise<OddRoom> {
  const lines: string[] = [];
  const clients = new Map<number, WebSocket>();
  let count = 6;

  function log(id: number, dir: 'c2s' | 's2c', data: string): void {
    lines.push(JSON.stringify({ t: Date.now(), dir, conn: `client-${id}`, opcode: 'text', data }));
  }

  function say(id: number, message: object | string): void {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    log(id, 's2c', data);
    clients.get(id)?.send(data);
  }

  const served = await site(PAGE, {}, (server) => {
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      count += 1;
      const id = count;
      socket.on('message', (raw) => {
        const data = String(raw);
        log(id, 'c2s', data);
        const { op, to } = JSON.parse(data) as Message;
        if (op === 'enter') {
          const others = [...clients.keys()];
          clients.set(id, socket);
          say(id, { op: 'welcome', you: id, others });
          for (const other of others) say(other, { op: 'came', who: id });
          say(id, { op: 'ping' });
        } else if (to !== undefined) say(to, data);
      });
      socket.on('close', () => {
        clients.delete(id);
        for (const other of clients.keys()) say(other, { op: 'went', who: id });
      });
    });
    return {
      close() {
        for (const socket of clients.values()) socket.terminate();
        sockets.close();
      },
    };
  });
  return { ...served, capture: () => `${lines.join('\n')}\n` };
}

const PAGE = `<!doctype html><title>odd</title><script>
  ${PAGE_HELPERS}
  let pc, channel, me, hungUp = false;
  const heard = [];
  const socket = new WebSocket(location.href.replace(/^http/, 'ws'));
  const say = (message) => socket.send(JSON.stringify(message));
  const listen = (one) => { channel = one; one.onmessage = ({ data }) => heard.push(data); };
  function connection(peer) {
    pc = new RTCPeerConnection();
    pc.onicecandidate = ({ candidate }) => { if (candidate) say({ op: 'ice', to: peer, from: me, c: candidate }); };
    pc.ondatachannel = (event) => listen(event.channel);
    for (const track of sound().getTracks()) pc.addTrack(track);
  }
  const tell = (peer, { type, sdp }) => say({ op: 'call', to: peer, from: me, body: { kind: type, s: sdp } });
  async function call(peer) {
    connection(peer);
    listen(pc.createDataChannel('chat'));
    await pc.setLocalDescription();
    tell(peer, pc.localDescription);
  }
  const hangUp = (peer) => { say({ op: 'end', to: peer, from: me }); pc.close(); };
  const handlers = {
    came: ({ who }) => call(who),
    ping: () => say({ op: 'pong' }),
    async call({ from, body }) {
      if (!pc) connection(from);
      await pc.setRemoteDescription({ type: body.kind, sdp: body.s });
      if (body.kind === 'answer') return;
      await pc.setLocalDescription();
      tell(from, pc.localDescription);
    },
    ice: ({ c }) => pc.addIceCandidate(c),
    end: () => { hungUp = true; pc.close(); },
  };
  const joined = new Promise((resolve) => { handlers.welcome = ({ you }) => { me = you; resolve(you); }; });
  socket.onmessage = ({ data }) => { const message = JSON.parse(data); handlers[message.op]?.(message); };
  socket.onopen = () => say({ op: 'enter', who: 'page-' + Math.random().toString(36).slice(2), where: 'lobby' });
</script>`;
