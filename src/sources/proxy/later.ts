/**
 * Work that must not hold up traffic: done in order, a few milliseconds at a time, after what is waiting on the sockets.
 * What waits is bounded: `full` tells when no more should be read until `onRoom` is called.
 */
export interface Later {
  /** `cost` in bytes of what the work holds on to. */
  add(work: () => void, cost: number): void;
  /** Does all of it now. */
  drain(): void;
  readonly full: boolean;
  /** Called when there is room again. */
  onRoom(listener: () => void): void;
}

const SLICE_MS = 4;
const MOST_WAITING = 16 * 1024 * 1024;

export function createLater(): Later {
  let jobs: { readonly work: () => void; readonly cost: number }[] = [];
  let at = 0;
  let waiting = 0;
  let scheduled = false;
  let listeners: (() => void)[] = [];

  function work(until: number): void {
    while (at < jobs.length) {
      const job = jobs[at] as (typeof jobs)[number];
      at += 1;
      waiting -= job.cost;
      job.work();
      if (performance.now() > until) break;
    }
    if (at === jobs.length) {
      jobs = [];
      at = 0;
    } else if (at > 1024) {
      jobs = jobs.slice(at);
      at = 0;
    }
    if (waiting > MOST_WAITING / 2 || listeners.length === 0) return;
    const ready = listeners;
    listeners = [];
    for (const listener of ready) listener();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      work(performance.now() + SLICE_MS);
      if (jobs.length > 0) schedule();
    });
  }

  return {
    add(job, cost) {
      jobs.push({ work: job, cost });
      waiting += cost;
      schedule();
    },
    drain: () => work(Number.POSITIVE_INFINITY),
    get full() {
      return waiting > MOST_WAITING;
    },
    onRoom(listener) {
      listeners.push(listener);
    },
  };
}
