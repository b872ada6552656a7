/**
 * Work that must not hold up what is waiting on the sockets and the screen: done in the order in which it came, a little at
 * a time. Two things come: copies from the relay, on a tape that may be long in coming, and what this thread did itself
 * (HTTP). Every message of the relay tells how long the tape was by then, and so what comes first. How much may wait is the
 * business of those who add it.
 */
import { epochNow } from './relay/records.ts';

export interface Later {
  /** Work of this thread's own: in its turn behind everything that was on the tape when the relay was last heard. */
  add(work: () => void): void;
  /** A piece of tape that ends at this position. In order. */
  played(end: number, work: () => void): void;
  /** The relay was heard, when its tape was so long. */
  heard(length: number): void;
  /** Does all of it now, also what should wait for a piece of tape that has not come yet. */
  drain(): void;
  /** When what is worked on was added, in milliseconds since 1970; undefined while it is tape, or nothing is. */
  readonly since: number | undefined;
}

const SLICE_MS = 4;

export function createLater(): Later {
  const own = createQueue<{ readonly behind: number; readonly since: number; readonly work: () => void }>();
  const tape = createQueue<{ readonly end: number; readonly work: () => void }>();
  let [length, position] = [0, 0];
  let since: number | undefined;
  let scheduled = false;

  const ready = (): boolean => (own.first !== undefined && own.first.behind <= position) || tape.first !== undefined;

  function next(): void {
    if (own.first !== undefined && (own.first.behind <= position || tape.first === undefined)) {
      const job = own.take();
      since = job.since;
      try {
        job.work();
      } finally {
        since = undefined;
      }
    } else if (tape.first !== undefined) {
      const piece = tape.take();
      position = piece.end;
      piece.work();
    }
  }

  function slice(): void {
    const until = performance.now() + SLICE_MS;
    scheduled = false;
    try {
      while (ready()) {
        next();
        if (performance.now() > until) break;
      }
    } finally {
      schedule();
    }
  }

  function schedule(): void {
    if (scheduled || !ready()) return;
    scheduled = true;
    setImmediate(slice);
  }

  return {
    get since() {
      return since;
    },
    add(work) {
      own.add({ behind: length, since: epochNow(), work });
      schedule();
    },
    played(end, work) {
      tape.add({ end, work });
      schedule();
    },
    heard(now) {
      length = Math.max(length, now);
    },
    drain() {
      while (own.first !== undefined || tape.first !== undefined) next();
    },
  };
}

/** First in, first out, without moving everything at each step. */
function createQueue<T>() {
  let items: T[] = [];
  let at = 0;
  return {
    get first(): T | undefined {
      return items[at];
    },
    add: (item: T) => void items.push(item),
    take(): T {
      const item = items[at] as T;
      at += 1;
      if (at === items.length || at > 1024) {
        items = items.slice(at);
        at = 0;
      }
      return item;
    },
  };
}
