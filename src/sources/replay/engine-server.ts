/** One Engine.IO client of a replay that plays the server: over long polling, over a WebSocket, or first one, then the other. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Encoding } from './carrier.ts';
import { bodyOf, type EngineVersion, isUpkeep, packetsOf, readOpening } from './engine-io.ts';
import { allow } from './http-server.ts';

export interface EngineClient {
  /** A poll, or a body that was posted. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** The WebSocket it begins on, or is upgraded to. */
  upgrade(socket: WebSocket): void;
  send(raw: string, encoding: Encoding): boolean;
  /** Bytes or characters that wait to be sent. */
  backlog(): number;
  close(): void;
}

export interface EngineEvents {
  heard(raw: string, encoding: Encoding): void;
  /** The session of the client has this id. */
  named(sid: string): void;
  closed(code: number, reason: string): void;
}

const MAX_BODY = 4 * 1024 * 1024;

export function createEngineClient(version: EngineVersion, events: EngineEvents): EngineClient {
  let socket: WebSocket | undefined;
  let poll: ServerResponse | undefined;
  let pinging: NodeJS.Timeout | undefined;
  let over = false;
  const outbox: string[] = [];
  let waiting = 0;

  function emptied(): string[] {
    waiting = 0;
    return outbox.splice(0);
  }

  function flush(): void {
    if (poll === undefined || outbox.length === 0) return;
    poll.writeHead(200, { 'Content-Type': 'text/plain; charset=UTF-8' }).end(bodyOf(emptied(), version));
    poll = undefined;
  }

  function say(packet: string): void {
    if (socket !== undefined) {
      if (socket.readyState === socket.OPEN) socket.send(packet);
      return;
    }
    outbox.push(packet);
    waiting += packet.length;
    flush();
  }

  function received(packet: string): void {
    if (packet === '2' && version === 3) say('3');
    else if (packet === '1') ended(1000, 'closed by the client');
    else if (packet.startsWith('b')) events.heard(packet.slice(1), 'base64');
    else if (!isUpkeep(packet)) events.heard(packet, 'text');
  }

  function ended(code: number, reason: string): void {
    if (over) return;
    over = true;
    clearInterval(pinging);
    events.closed(code, reason);
  }

  /** The WebSocket carries everything from now on. */
  function moved(to: WebSocket): void {
    socket = to;
    for (const packet of emptied()) to.send(packet);
  }

  return {
    request(request, response) {
      allow(request, response);
      if (request.method === 'GET') {
        poll?.end();
        poll = response;
        response.on('close', () => {
          if (poll === response) poll = undefined;
        });
        flush();
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_BODY) chunks.push(chunk);
        else request.destroy();
      });
      request.on('end', () => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('ok');
        for (const packet of packetsOf(Buffer.concat(chunks).toString('utf8'))) received(packet);
      });
    },
    upgrade(to) {
      const isFirst = poll === undefined && outbox.length === 0 && socket === undefined && pinging === undefined;
      if (isFirst) moved(to);
      to.on('error', () => {});
      to.on('message', (data: Buffer, isBinary) => {
        const packet = data.toString(isBinary ? 'base64' : 'utf8');
        if (isBinary) events.heard(packet, 'base64');
        else if (packet === '2probe') {
          to.send('3probe');
          if (poll !== undefined) {
            outbox.push('6');
            flush();
          }
        } else if (packet === '5') moved(to);
        else received(packet);
      });
      to.on('close', (code, reason) => {
        if (socket === to) ended(code, reason.toString());
      });
    },
    send(raw, encoding) {
      if (over) return false;
      const opening = pinging === undefined && encoding === 'text' ? readOpening(raw) : undefined;
      if (opening !== undefined) {
        events.named(opening.sid);
        pinging = setInterval(() => version === 4 && say('2'), opening.pingInterval);
      }
      if (encoding === 'text') say(raw);
      else if (socket !== undefined) socket.send(Buffer.from(raw, 'base64'));
      else say(`b${raw}`);
      return true;
    },
    backlog: () => socket?.bufferedAmount ?? waiting,
    close() {
      over = true;
      clearInterval(pinging);
      poll?.end();
      socket?.close(1000);
    },
  };
}
