/** How long to wait before the next attempt to connect. */

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/** Doubles with every attempt from 0, up to ten seconds; `random` (0 to 1) takes off up to half. */
export function retryDelay(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(full * (1 - random / 2));
}
