/** Keeps what is told of one request in order while its body is fetched from the browser. Pure. */

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
