/** What a replay has learned and may need again: bounded, what was not used for longest is forgotten first. */

export interface Remembered<K, V> {
  readonly all: ReadonlyMap<K, V>;
  /** Counts as use. */
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/** `weighs` what one of them counts against `most`; 1 if it is not given. */
export function createRemembered<K, V>(most: number, weighs: (key: K, value: V) => number = () => 1): Remembered<K, V> {
  const all = new Map<K, V>();
  let weight = 0;

  function drop(key: K, value: V): void {
    all.delete(key);
    weight -= weighs(key, value);
  }

  function set(key: K, value: V): void {
    const before = all.get(key);
    if (before !== undefined) drop(key, before);
    all.set(key, value);
    weight += weighs(key, value);
    for (const [oldest, its] of all) {
      if (weight <= most || all.size === 1) break;
      drop(oldest, its);
    }
  }

  return {
    all,
    set,
    get(key) {
      const value = all.get(key);
      // While there is room for as much again nobody has to know what is oldest.
      if (value !== undefined && weight > most / 2) set(key, value);
      return value;
    },
  };
}
