/** How long a server that is played stays when it has said everything: while somebody is there who goes on talking. */
import type { Millis, Signal } from '../../core/event.ts';

const NEGOTIATES: ReadonlySet<Signal['type']> = new Set([
  'offer',
  'answer',
  'pranswer',
  'rollback',
  'candidate',
  'end-of-candidates',
  'bye',
]);

export interface Linger {
  opened(lane: string): void;
  closed(lane: string): void;
  /** Somebody has said this. Who only keeps a connection alive is not waited for. */
  heard(signals: readonly Signal[]): void;
  /** Resolves when all who came have left, when none of them has negotiated for `quiet`, or when it is stopped. */
  over(): Promise<void>;
  stop(): void;
}

export function createLinger(quiet: Millis): Linger {
  const there = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let leave: () => void = () => {};
  let waiting = false;

  function wait(): void {
    if (!waiting) return;
    clearTimeout(timer);
    if (there.size === 0 || quiet === 0) leave();
    else timer = setTimeout(leave, quiet);
  }

  return {
    opened(lane) {
      there.add(lane);
      wait();
    },
    closed(lane) {
      there.delete(lane);
      if (there.size === 0) wait();
    },
    heard(signals) {
      if (signals.some(({ type }) => NEGOTIATES.has(type))) wait();
    },
    over() {
      waiting = true;
      return new Promise((resolve) => {
        leave = resolve;
        wait();
      });
    },
    stop() {
      clearTimeout(timer);
      waiting = false;
      leave();
    },
  };
}
