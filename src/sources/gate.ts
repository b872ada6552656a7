/** What happens on a connection, kept in order while something that is needed to understand it is loaded. */

export interface Gate {
  /** Does it now, or in its turn. */
  pass(what: () => void): void;
  /** Does `then` when `wait` is over, and before all that comes meanwhile; at once if there is nothing to wait for. */
  hold(wait: Promise<void> | undefined, then: () => void): void;
}

/** `failed`: what was waited for has failed; nothing passes any more. */
export function createGate(failed: (thrown: unknown) => void): Gate {
  const waiting: (() => void)[] = [];
  let closed = false;

  function open(): void {
    closed = false;
    while (!closed) {
      const next = waiting.shift();
      if (next === undefined) return;
      next();
    }
  }

  return {
    pass(what) {
      if (closed) waiting.push(what);
      else what();
    },
    hold(wait, then) {
      if (wait === undefined) {
        then();
        return;
      }
      closed = true;
      wait.then(() => {
        waiting.unshift(then);
        open();
      }, failed);
    },
  };
}
