/**
 * Work that must not hold up traffic: done in order, a little at a time, after what is waiting on the sockets. A burst is
 * worked off at once; what goes on for long gets a fifth of the time. What waits is bounded: `full` tells to add no more.
 */
export interface Later {
  /** `cost` in bytes of what the work holds on to. */
  add(work: () => void, cost: number): void;
  /** Does all of it now. */
  drain(): void;
  readonly full: boolean;
}

const SLICE_MS = 2;
/** Of every millisecond that passes, this much may be worked; so much may be saved up. */
const [SHARE, SAVED_MS] = [0.2, 100];
const MOST_WAITING = { jobs: 2000, bytes: 8 * 1024 * 1024 };

export function createLater(): Later {
  let jobs: { readonly work: () => void; readonly cost: number }[] = [];
  let at = 0;
  let waiting = 0;
  let scheduled = false;
  let saved = SAVED_MS;
  let last = performance.now();

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
  }

  function slice(): void {
    const start = performance.now();
    saved = Math.min(SAVED_MS, saved + (start - last) * SHARE);
    work(start + SLICE_MS);
    last = performance.now();
    saved -= last - start;
    scheduled = false;
    if (jobs.length > 0) schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const rest = saved > 0 ? 0 : (SLICE_MS - saved) / SHARE;
    if (rest === 0) setImmediate(slice);
    else setTimeout(slice, rest);
  }

  return {
    add(job, cost) {
      jobs.push({ work: job, cost });
      waiting += cost;
      schedule();
    },
    drain: () => work(Number.POSITIVE_INFINITY),
    get full() {
      return jobs.length - at >= MOST_WAITING.jobs || waiting >= MOST_WAITING.bytes;
    },
  };
}
