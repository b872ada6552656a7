/** Memory of what strangers name: the oldest is forgotten when there is too much of it. */

/** More than any real conversation has; beyond it a hostile server only loses precision. */
const MAX_ENTRIES = 1_000;

/** Sets `key`, as the newest entry. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V, max = MAX_ENTRIES): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > max && oldest !== undefined) map.delete(oldest);
}
