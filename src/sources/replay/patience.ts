/** How long a replay waits: before it says something, and for what it has to hear. */
import type { Millis } from '../../core/event.ts';
import type { Gist } from './gist.ts';
import type { ReplayState } from './machine.ts';

/** What is only a greeting is waited for no longer than this. */
export const GREETING_PATIENCE: Millis = 2_000;

/** As long after the thing before it as in the recording, at this speed; what somebody lets go by hand has no pace. */
export function dueAt(step: Gist, { recorded, waitingSince, options }: ReplayState): Millis {
  if (options.byHand) return waitingSince;
  return waitingSince + Math.max(0, step.t - recorded) / options.speed;
}

export const shortPatience = ({ options: { patience } }: ReplayState): Millis => Math.min(GREETING_PATIENCE, patience);

export function patienceFor(step: Gist, state: ReplayState): Millis {
  const { weight, hasCandidate } = step;
  if (weight === 'awaited') return state.options.patience;
  // How many candidates there are depends on the machine, whether there are any does not.
  const isFirst = step.http === undefined && hasCandidate && !state.trickled.has(step.lane);
  return weight === 'greeting' || isFirst ? shortPatience(state) : 0;
}

/** The lanes that candidates are not waited for on any more, when this one has come or was waited for. */
export const trickledBy = ({ hasCandidate, lane }: Gist, { trickled }: ReplayState): ReadonlySet<string> =>
  hasCandidate && !trickled.has(lane) ? new Set([...trickled, lane]) : trickled;
