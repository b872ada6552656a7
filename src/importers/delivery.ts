/**
 * Origin and delivery: a relay sends what one client sent on to another. The copy is the same message, not a second one,
 * and it tells who the message was for.
 */
import type { FoundSignal } from '../core/find-signals.ts';
import type { CapturedFrame } from './frame.ts';

export interface Delivery {
  /** Frames in the order of capture. */
  add(frame: CapturedFrame & { readonly number: number }): void;
  /** The number of the frame that this one is a copy of. */
  copyOf(number: number): number | undefined;
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

/** How many equal messages in flight are told apart. */
const SAME = 64;

export function createDelivery(): Delivery {
  const sent = new Map<string, Sent[]>();
  const origins = new Map<number, number>();
  const receivers = new Map<number, string>();
  /** Connections on which the server sends a client's own messages back to it. */
  const echoing = new Set<string>();

  /**
   * The sent frame that holds the same signal and has not come out on this connection yet. An end of candidates looks
   * the same from everybody: what this connection itself has sent comes back only where that is the custom.
   */
  const originOf = (signal: FoundSignal, conn: string): Sent | undefined => {
    const waiting = (sent.get(JSON.stringify(signal)) ?? []).filter(({ reached }) => !reached.has(conn));
    const [own] = echoing.has(conn) || 'sdp' in signal || signal.type === 'candidate' ? waiting : [];
    return waiting.find((one) => one.conn !== conn) ?? own;
  };

  return {
    add({ number, conn, out, found }) {
      for (const signal of out ? found : []) {
        const key = JSON.stringify(signal);
        const same = sent.get(key) ?? [];
        same.push({ number, conn, reached: new Set() });
        if (same.length > SAME) same.shift();
        sent.set(key, same);
      }
      if (out || found.length === 0) return;
      const all = found.map((signal) => originOf(signal, conn));
      const [origin] = all;
      if (origin === undefined || all.includes(undefined)) return;
      for (const one of all) one?.reached.add(conn);
      origins.set(number, origin.number);
      if (origin.conn === conn) echoing.add(conn);
      else if (!receivers.has(origin.number)) receivers.set(origin.number, conn);
    },
    copyOf: (number) => origins.get(number),
    receiver: (number) => receivers.get(number),
    get relays() {
      return receivers.size > 0;
    },
  };
}
