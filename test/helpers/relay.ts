/** A network between a client and a signaling server that can be slow or fail when a test wants it to. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

type Direction = 'up' | 'down';

export interface Held {
  /** Resolves with the first frame that is held. */
  readonly caught: Promise<string>;
  /** Sends on what is held, in order, and holds no more. */
  release(): void;
}

export interface Relay {
  /** Where clients connect instead of to the server. */
  readonly url: string;
  /** All frames that went up, in order. */
  readonly up: readonly string[];
  /** Keeps back frames of that direction from the first one on that matches. */
  hold(direction: Direction, match: RegExp): Held;
  /** Cuts all connections without a word. */
  cut(): void;
  close(): void;
}

/** Frames go to `target` unchanged until told otherwise. */
export async function startRelay(target: string): Promise<Relay> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: ([first]) => first ?? false });
  await new Promise((resolve) => server.once('listening', resolve));
  const up: string[] = [];
  const pairs = new Set<readonly [WebSocket, WebSocket]>();
  let held: { direction: Direction; match: RegExp; caught(frame: string): void; frames: (() => void)[] } | undefined;

  function pass(direction: Direction, frame: string, to: WebSocket): void {
    if (direction === 'up') up.push(frame);
    const send = (): void => to.send(frame);
    if (held?.direction !== direction || (held.frames.length === 0 && !held.match.test(frame))) send();
    else if (held.frames.push(send) === 1) held.caught(frame);
  }

  server.on('connection', (client, { headers }) => {
    const upstream = new WebSocket(target, headers['sec-websocket-protocol']?.split(/, ?/) ?? []);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const early: string[] = [];
    client.on('message', (data) => {
      if (upstream.readyState === WebSocket.OPEN) pass('up', String(data), upstream);
      else early.push(String(data));
    });
    upstream.on('open', () => {
      for (const frame of early) pass('up', frame, upstream);
    });
    upstream.on('message', (data) => pass('down', String(data), client));
    for (const [one, other] of [pair, [upstream, client] as const]) {
      one.on('error', () => {});
      one.on('close', () => {
        pairs.delete(pair);
        other.close();
      });
    }
  });
  const cut = (): void => {
    for (const socket of [...pairs].flat()) socket.terminate();
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    up,
    hold(direction, match) {
      const frames: (() => void)[] = [];
      const caught = new Promise<string>((resolve) => {
        held = { direction, match, caught: resolve, frames };
      });
      return {
        caught,
        release() {
          held = undefined;
          for (const send of frames.splice(0)) send();
        },
      };
    },
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
