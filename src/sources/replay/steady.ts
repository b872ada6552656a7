/** A clock that stands still while the process does: what came meanwhile has waited for us, and not we for it. */
import type { Millis } from '../../core/event.ts';

export interface SteadyClock {
  now(): Millis;
  stop(): void;
}

/** How often it is looked whether the process still runs, and how much of what lies between counts at most. */
const LOOK_MS = 50;
const MOST_MS = 100;

/** `clock` is any that goes on, in milliseconds. Runs until it is stopped, and keeps no process from ending. */
export function steadyClock(clock: () => Millis): SteadyClock {
  let lost: Millis = 0;
  let looked = clock();
  const late = (): Millis => Math.max(0, clock() - looked - MOST_MS);
  const timer = setInterval(() => {
    lost += late();
    looked = clock();
  }, LOOK_MS).unref();
  return {
    now: () => clock() - lost - late(),
    stop: () => clearInterval(timer),
  };
}
