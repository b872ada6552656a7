/**
 * When something happened, by a clock of the browser's. What is told of it comes late, by as much as the browser and renego
 * have to do: the least delay so far is taken for the difference between that clock and ours. Pure but for the clock given.
 */

/** Each counts in milliseconds from a beginning of its own. */
export type ClockName = 'page' | 'network';

export interface Moments {
  /** What is told meanwhile happened at `time` of that clock, or now where that is no time. */
  during(clock: ClockName, time: unknown, what: () => void): void;
  /** Of what is being told, by our clock; undefined for now. */
  current(): number | undefined;
}

/** A clock that differs by so little is the same as ours, or of a machine that keeps the same time: the first is late, too. */
const SAME = 1000;
/** A time that is so much later than ever is no time: a page may lie. */
const MOST_AHEAD = 60_000;

/** `now` in milliseconds. */
export function createMoments(now: () => number): Moments {
  const differences = new Map<ClockName, number>();
  let moment: number | undefined;

  function momentOf(clock: ClockName, time: unknown): number | undefined {
    if (typeof time !== 'number' || !Number.isFinite(time)) return undefined;
    const difference = now() - time;
    const least = differences.get(clock) ?? (difference > 0 && difference < SAME ? 0 : difference);
    if (difference < least - MOST_AHEAD) return undefined;
    differences.set(clock, Math.min(least, difference));
    return time + Math.min(least, difference);
  }

  return {
    during(clock, time, what) {
      const before = moment;
      moment = momentOf(clock, time);
      try {
        what();
      } finally {
        moment = before;
      }
    },
    current: () => moment,
  };
}
