/** Waits for something that events, or merely time, bring about. */
import type { Log } from '../../core/log.ts';

/** Whether an action can be done is told by no event. */
const AGAIN_MS = 25;

/** False if it takes more than `patience` milliseconds, or `signal` aborts. */
export function until(holds: () => boolean, log: Log, patience: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (met: boolean): void => {
      clearTimeout(timer);
      clearInterval(again);
      leave();
      signal.removeEventListener('abort', stop);
      resolve(met);
    };
    const look = (): void => {
      if (holds()) end(true);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(stop, patience);
    const again = setInterval(look, AGAIN_MS);
    const leave = log.subscribe(look);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else look();
  });
}
