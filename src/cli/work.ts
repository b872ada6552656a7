/** Long work beside the keys, as it is told on the screen. */

/** `reading 43 %`, `judging 12 %`; undefined when nothing goes on. */
export interface Work {
  now(): string | undefined;
  subscribe(listener: () => void): () => void;
}

export interface GrowingWork extends Work {
  /** Tells those who listen, if it is something else. */
  tell(what: string | undefined): void;
}

/** Of a whole, in percent; done is told by other means. */
export const share = (part: number, whole: number): string => ` ${Math.min(99, Math.floor((part / whole) * 100))} %`;

export function createWork(): GrowingWork {
  const listeners = new Set<() => void>();
  let what: string | undefined;
  return {
    now: () => what,
    tell(next) {
      if (next === what) return;
      what = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
