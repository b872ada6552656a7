/**
 * Origin and delivery: a relay sends what one client sent on to another. The copy is the same message, not a second one,
 * and it tells who the message was for. What the server sends twice on one connection is a replay.
 */
import { hashOf } from '../../core/hash.ts';
import { remember } from '../bounded.ts';
import type { FoundSignal } from './recognise.ts';

/** A frame in the order of capture. */
export interface Passing {
  readonly number: number;
  readonly conn: string;
  /** From the client to the server. */
  readonly out: boolean;
  readonly found: readonly FoundSignal[];
  /** What the message is called. */
  readonly name?: string | undefined;
}

export interface Delivery {
  add(frame: Passing): void;
  /** The number of the frame that this one is a copy of. */
  copyOf(number: number): number | undefined;
  /** The number of the frame in which the server has sent the same before on the same connection. */
  replayOf(number: number): number | undefined;
  /** The connection on which a sent frame came out again. */
  receiver(number: number): string | undefined;
  /** Something was passed on: the server is a relay, not an end. */
  readonly relays: boolean;
}

interface Sent {
  readonly number: number;
  readonly conn: string;
  readonly reached: Set<string>;
}

/** How many equal messages in flight are told apart, how many different ones and frames are remembered, and connections. */
const [SAME, DIFFERENT, CONNECTIONS] = [64, 20_000, 2_000];

export function createDelivery(): Delivery {
  const sent = new Map<string, Sent[]>();
  const heard = new Map<string, number>();
  const origins = new Map<number, number>();
  const replays = new Map<number, number>();
  const receivers = new Map<number, string>();
  /** Connections on which the server sends a client's own messages back to it. */
  const echoing = new Map<string, true>();
  let relays = false;

  /**
   * The sent frame that holds the same signal and has not come out on this connection yet. An end of candidates looks
   * the same from everybody: what this connection itself has sent comes back only where that is the custom.
   */
  const originOf = (signal: FoundSignal, { conn, name }: Passing): Sent | undefined => {
    const waiting = (sent.get(keyOf(signal, name)) ?? []).filter(({ reached }) => !reached.has(conn));
    // Whoever has said goodbye is told nothing new by the same goodbye.
    const [own] = echoing.has(conn) || isUnique(signal) || signal.type === 'bye' ? waiting : [];
    return waiting.find((one) => one.conn !== conn) ?? own;
  };

  function addSent({ number, conn, found, name }: Passing): void {
    for (const signal of found) {
      const key = keyOf(signal, name);
      const same = sent.get(key) ?? [];
      same.push({ number, conn, reached: new Set() });
      if (same.length > SAME) same.shift();
      remember(sent, key, same, DIFFERENT);
    }
  }

  function addReceived(frame: Passing): void {
    const { number, conn, found } = frame;
    const all = found.map((signal) => originOf(signal, frame));
    const [origin] = all;
    if (origin !== undefined && !all.includes(undefined)) {
      for (const one of all) if (one !== undefined && one.reached.size < CONNECTIONS) one.reached.add(conn);
      remember(origins, number, origin.number, DIFFERENT);
      if (origin.conn === conn) remember(echoing, conn, true, CONNECTIONS);
      else {
        relays = true;
        if (!receivers.has(origin.number)) remember(receivers, origin.number, conn, DIFFERENT);
      }
    }
    const keys = found.filter(isUnique).map((signal) => `${conn} ${keyOf(signal)}`);
    const [first] = keys.map((key) => heard.get(key));
    // Descriptions only: candidates without a user fragment may be gathered again.
    const replayed = first !== undefined && keys.length === found.length && found.some((signal) => 'sdp' in signal);
    if (replayed && keys.every((key) => heard.has(key))) remember(replays, number, first, DIFFERENT);
    for (const key of keys) if (!heard.has(key)) remember(heard, key, number, DIFFERENT);
  }

  return {
    add(frame) {
      if (frame.found.length === 0) return;
      if (frame.out) addSent(frame);
      else addReceived(frame);
    },
    copyOf: (number) => origins.get(number),
    replayOf: (number) => replays.get(number),
    receiver: (number) => receivers.get(number),
    get relays() {
      return relays;
    },
  };
}

/** A description or candidate: nobody else sends the same. */
const isUnique = (signal: FoundSignal): boolean => 'sdp' in signal || signal.type === 'candidate';

/** Line ends may change on the way, and so may what wraps the signal. */
function keyOf(signal: FoundSignal, name?: string): string {
  if ('sdp' in signal) return markOf(signal.sdp.replace(/\r/g, '').trimEnd());
  // A server that ends a call because of a goodbye uses other words than the one who said it.
  return signal.type === 'bye' ? `bye ${name}` : JSON.stringify(signal);
}

/** Thousands of long texts need not be kept. Whoever makes two with the same mark only has one taken for the other's copy. */
const markOf = (text: string): string => `sdp ${text.length} ${hashOf(text)}`;
