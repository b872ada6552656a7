/** Whether a negotiation goes on. */
import type { Model } from './model.ts';

/** No offer is open, and whoever tells its own state is stable or closed: what was sent has arrived, too. */
export function isQuiet({ sessions }: Model): boolean {
  return [...sessions.values()].every(({ rounds, sides, closedBy }) => {
    if (rounds.some(({ state }) => state === 'open')) return false;
    return closedBy !== undefined || [...sides.values()].every(({ actual: { signaling } }) => isAtRest(signaling));
  });
}

const isAtRest = (signaling: string | undefined): boolean =>
  signaling === undefined || signaling === 'stable' || signaling === 'closed';
