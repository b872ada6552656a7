/** Words that sentences about descriptions share. */
import { visible } from '../printable.ts';

/** `a, b and c`, shortened after `max` entries. */
export function list(words: readonly string[], max = 5): string {
  const shown = words.length > max ? [...words.slice(0, max - 1), `${words.length - max + 1} more`] : words;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

const UUID = /^\{?([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

/** A track or stream id for a sentence: of a UUID the first part is enough. */
export function shortId(id: string): string {
  const uuid = UUID.exec(id)?.[1];
  return uuid === undefined ? visible(id, 24) : `${uuid}…`;
}

/** What a section of this media type carries, in one word: `audio`, `video`, `data`. */
export function kindWord(kind: string): string {
  return kind === 'application' ? 'data' : visible(kind, 20);
}

/** A `b=` value with its unit: AS and CT in kbit/s, TIAS, RS and RR in bit/s (RFC 8866 5.8, RFC 3890). */
export function rateWords(modifier: string, value: string): string {
  const shown = visible(value, 16);
  if (!/^\d{1,15}$/.test(value)) return shown;
  if (modifier === 'AS' || modifier === 'CT') return `${shown} kbit/s`;
  if (!['TIAS', 'RS', 'RR'].includes(modifier)) return shown;
  const bits = Number(value);
  return bits >= 1000 && bits % 1000 === 0 ? `${bits / 1000} kbit/s` : `${shown} bit/s`;
}

/** `256 KiB`, `1 GiB` (also for one byte less, as Firefox says it), `1000 bytes`. */
export function byteWords(bytes: number): string {
  if (bytes === 0) return 'no limit';
  for (const [unit, name] of [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ] as const) {
    if (bytes >= unit - 1 && (bytes + 1) % unit <= 1) return `${Math.round(bytes / unit)} ${name}`;
  }
  return `${bytes} bytes`;
}

/** Equal words said once, with their number: `H264 ×4`. */
export function countWords(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${visible(name, 50)} ×${count}` : visible(name, 50)));
}
