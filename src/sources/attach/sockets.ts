/** The WebSockets of all pages: links and frames. */
import type { Draft, PartyId, Signal } from '../../core/event.ts';
import { createListening, type Listening } from '../../protocols/listening.ts';
import type { Decoder, Frame } from '../../protocols/protocol.ts';
import { recognised } from '../../protocols/recognised.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import { carriedBy, findCarried } from './carried.ts';
import type { Known } from './known.ts';
import type { PageRef } from './peer.ts';
import type { Peers } from './peers.ts';

export interface SocketFrame {
  readonly out: boolean;
  readonly data: string;
  readonly encoding: Frame['encoding'];
  /** It was longer. */
  readonly cut?: boolean;
}

/** `id` is unique in the browser. */
export interface Sockets {
  created(id: string, page: PageRef, url: string): void;
  opened(id: string, subprotocol: string): void;
  frame(id: string, page: PageRef, frame: SocketFrame): void;
  failed(id: string, reason: string): void;
  closed(id: string, code?: number, reason?: string): void;
  left(pageKey: string): void;
}

interface Socket {
  readonly link: string;
  readonly page: PageRef;
  readonly server: PartyId;
  readonly url: string;
  subprotocol: string;
  /** From the first frame on: the subprotocol is known by then. */
  listening: Listening | undefined;
  /** What is of no known protocol. */
  unknown: Decoder | undefined;
  /** Of the protocol or packing, as far as it is known. */
  name: string;
}

/** So many sockets at once are followed. */
const MOST_SOCKETS = 500;
/** The protocol shows in the first frames or never. */
const TELLING_FRAMES = 16;
/** Of longer frames the beginning is kept. */
const LONGEST = 262_144;

export interface SocketsOptions {
  tell(draft: Draft): number | undefined;
  /** The lane of whoever is at this address. */
  server(url: string): PartyId;
  readonly known: Known;
  readonly peers: Peers;
}

export function createSockets({ tell, server, known, peers }: SocketsOptions): Sockets {
  const sockets = new Map<string, Socket>();
  let count = 0;

  function open(id: string, page: PageRef, url: string): Socket | undefined {
    if (sockets.size >= MOST_SOCKETS) return undefined;
    count += 1;
    const link = `ws${count}`;
    const shown = url.slice(0, 2000);
    const unread = { subprotocol: '', listening: undefined, unknown: undefined, name: 'websocket' };
    const socket: Socket = { link, page, server: server(shown), url: shown, ...unread };
    sockets.set(id, socket);
    return socket;
  }

  function change(
    socket: Socket,
    rest: Pick<Extract<Draft, { kind: 'link' }>, 'change' | 'url' | 'code' | 'reason'>,
  ): void {
    tell({ from: socket.page.lane(), to: socket.server, link: socket.link, kind: 'link', ...rest });
  }

  /** Read by the protocol's own decoder, where it is one that renego knows, else by what it looks like. */
  function decode(socket: Socket, frame: Frame): readonly Signal[] {
    const { url, subprotocol } = socket;
    const ends = { client: socket.page.lane(), server: socket.server };
    socket.listening ??= createListening({
      ...{ url, subprotocol, frames: TELLING_FRAMES },
      decoder: (protocol) => protocol.decoder(ends),
    });
    const { listening } = socket;
    listening.hear(frame);
    if (listening.decoder === undefined) socket.unknown ??= recognised.decoder(ends);
    const decoder = listening.decoder ?? (socket.unknown as Decoder);
    const { signals, protocol } = decoder.decode(frame);
    socket.name = listening.protocol?.name ?? protocol ?? socket.name;
    return signals;
  }

  return {
    created(id, page, url) {
      const socket = open(id, page, url);
      if (socket) change(socket, { change: 'connecting', url: socket.url });
    },
    opened(id, subprotocol) {
      const socket = sockets.get(id);
      if (socket === undefined) return;
      socket.subprotocol = subprotocol;
      change(socket, { change: 'open', url: socket.url });
    },
    frame(id, page, { out, data, encoding, cut }) {
      const socket = sockets.get(id) ?? open(id, page, '');
      if (socket === undefined) return;
      const raw = data.length > LONGEST ? data.slice(0, LONGEST) : data;
      const shortened = cut === true || raw.length < data.length;
      const frame: Frame = { data: raw, encoding, direction: out ? 'out' : 'in' };
      const decoded = shortened ? [] : decode(socket, frame);
      const inside = shortened ? [] : findCarried(encoding === 'text' ? raw : Buffer.from(raw, 'base64'));
      const found = inside.length > 0 ? inside : decoded.filter(isCarried);
      const carried = carriedBy(found, out, socket.page, known, peers);
      const signals = found.length > 0 ? carried.signals : plain(decoded, frame);
      const more: Signal[] = shortened ? [{ type: 'other', label: `cut after ${raw.length} characters` }] : [];
      const [own, other] = [carried.pc ?? socket.page.lane(), socket.server];
      const [from, to] = out ? [own, other] : [other, own];
      const { link, name } = socket;
      const envelope = { kind: 'message', dir: out ? 'c2s' : 's2c', protocol: name, encoding, raw } as const;
      const seq = tell({ from, to, link, ...envelope, signals: [...signals, ...more] });
      if (!out) for (const signal of found) known.brought(signal, { seq, link });
    },
    failed(id, reason) {
      const socket = sockets.get(id);
      if (socket) change(socket, { change: 'error', reason: reason.slice(0, 300) });
    },
    closed(id, code, reason) {
      const socket = sockets.get(id);
      if (socket === undefined) return;
      sockets.delete(id);
      change(socket, {
        change: 'close',
        ...(code !== undefined && { code }),
        ...(reason && { reason: reason.slice(0, 200) }),
      });
    },
    left(pageKey) {
      for (const [id, socket] of sockets) {
        if (socket.page.key !== pageKey) continue;
        sockets.delete(id);
        change(socket, { change: 'close', reason: 'its page is gone' });
      }
    },
  };
}

function isCarried(signal: Signal): signal is Extract<Signal, FoundSignal & { pc: string }> {
  return 'sdp' in signal || signal.type === 'candidate' || signal.type === 'end-of-candidates';
}

/** Everything else a frame says, without ids of peer connections: those are the protocol's, not the page's. */
function plain(decoded: readonly Signal[], { data, encoding }: Frame): Signal[] {
  if (decoded.length === 0) return [{ type: 'other', label: encoding === 'base64' ? 'binary frame' : wordOf(data) }];
  return decoded.map((signal): Signal => {
    if (signal.type === 'presence' || signal.type === 'other') return signal;
    if (signal.type !== 'request' && signal.type !== 'response' && signal.type !== 'notify') {
      return { type: 'other', label: signal.type === 'bye' ? 'hang up' : signal.type };
    }
    const { pc: _, ...rest } = signal;
    return rest;
  });
}

/** What a JSON message calls itself. */
function wordOf(data: string): string {
  const [, word] =
    /^[^{]{0,40}\{[^{}]{0,200}?"(?:type|event|method|action|op|cmd|request)"\s*:\s*"([^"\\]{1,40})"/.exec(data) ?? [];
  return word ?? 'frame';
}
