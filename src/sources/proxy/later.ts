/**
 * Work that must not hold up what is waiting on the sockets and the screen: done in order, a little at a time. How much
 * may wait is the business of those who add it.
 */
export interface Later {
  add(work: () => void): void;
  /** Does all of it now. */
  drain(): void;
}

const SLICE_MS = 4;

export function createLater(): Later {
  let jobs: (() => void)[] = [];
  let at = 0;
  let scheduled = false;

  function work(until: number): void {
    while (at < jobs.length) {
      const job = jobs[at] as () => void;
      at += 1;
      job();
      if (performance.now() > until) break;
    }
    if (at === jobs.length || at > 1024) {
      jobs = jobs.slice(at);
      at = 0;
    }
  }

  function slice(): void {
    work(performance.now() + SLICE_MS);
    scheduled = false;
    if (jobs.length > 0) schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(slice);
  }

  return {
    add(job) {
      jobs.push(job);
      schedule();
    },
    drain: () => work(Number.POSITIVE_INFINITY),
  };
}
