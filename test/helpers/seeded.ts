/** Chance that can be repeated. */

/** A whole number from 0 to below `n`. */
export type Random = (n: number) => number;

/** The same sequence for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * n);
  };
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random(from.length)] as T;
}
