/** Memory of what strangers name: the oldest is forgotten when there is too much of it. */

/** More than any real conversation has; beyond it a hostile server only loses precision. */
const MAX_ENTRIES = 1_000;

/** Sets `key`, as the newest entry. Of large maps the oldest go several at a time: to find the first of a map takes time. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, max = MAX_ENTRIES): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= max) return;
  let left = Math.max(1, Math.floor(max / FORGOTTEN_AT_ONCE));
  for (const oldest of map.keys()) {
    map.delete(oldest);
    left -= 1;
    if (left === 0) return;
  }
}

/** One in so many. */
const FORGOTTEN_AT_ONCE = 20;
