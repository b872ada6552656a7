/** Keeps what is told in order while a body is fetched from the browser. Pure. */

export interface Order {
  /** What follows for this id waits until the function that is returned is called. */
  hold(id: string): () => void;
  /** At once, or when nothing is waited for. */
  follow(id: string, what: () => void): void;
}

/** Held requests beyond these are not kept in order. */
const MOST = 1000;

export function createOrder(): Order {
  const held = new Map<string, (() => void)[]>();
  return {
    hold(id) {
      if (held.size < MOST && !held.has(id)) held.set(id, []);
      return () => {
        const waiting = held.get(id) ?? [];
        held.delete(id);
        for (const what of waiting) what();
      };
    },
    follow(id, what) {
      const waiting = held.get(id);
      if (waiting === undefined) what();
      else if (waiting.length < MOST) waiting.push(what);
    },
  };
}

/** One after the other, for all of a page. */
export interface Queue {
  /** What follows waits until the function that is returned is called. */
  hold(): () => void;
  /** At once, or when nothing is waited for. */
  follow(what: () => void): void;
  /** Nothing is waited for any more. */
  end(): void;
}

/** So much waits at most: a body that does not come must not keep the rest back. */
export function createQueue(): Queue {
  const waiting: (() => void)[] = [];
  let holds = 0;
  const go = () => {
    while (holds === 0 && waiting.length > 0) waiting.shift()?.();
  };
  const end = () => {
    holds = 0;
    go();
  };
  return {
    hold() {
      holds += 1;
      let held = true;
      return () => {
        if (held) holds = Math.max(0, holds - 1);
        held = false;
        go();
      };
    },
    follow(what) {
      waiting.push(what);
      if (waiting.length > MOST) end();
      else go();
    },
    end,
  };
}
