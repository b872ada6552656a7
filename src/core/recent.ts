/** What was worked out lately and can be worked out again: bounded, the oldest forgotten first. */

export interface Recent<K, V> {
  get(key: K): V | undefined;
  /** `weight` counts against the bound, 1 by default. */
  set(key: K, value: V, weight?: number): void;
}

/** Keeps values of at least half of `most` in weight, and of at most all. */
export function createRecent<K, V>(most: number): Recent<K, V> {
  let [young, old] = [new Map<K, V>(), new Map<K, V>()];
  let weighed = 0;

  function set(key: K, value: V, weight = 1): void {
    if (weighed + weight > most / 2) {
      [old, young] = [young, new Map()];
      weighed = 0;
    }
    weighed += weight;
    young.set(key, value);
  }

  return {
    get: (key) => young.get(key) ?? old.get(key),
    set,
  };
}
