/** How long a replay waits: before it says something, and for what it has to hear. */
import type { Millis } from '../../core/event.ts';
import type { ReplayState } from './machine.ts';
import { weightOf } from './meaning.ts';
import type { Step } from './script.ts';

/** What is only a greeting is waited for no longer than this. */
export const GREETING_PATIENCE: Millis = 2_000;

/** As long after the thing before it as in the recording, at this speed; what somebody lets go by hand has no pace. */
export function dueAt(step: Step, { recorded, waitingSince, options }: ReplayState): Millis {
  if (options.byHand) return waitingSince;
  return waitingSince + Math.max(0, step.t - recorded) / options.speed;
}

export function patienceFor(step: Step, { options: { patience }, ours, trickled }: ReplayState): Millis {
  const weight = weightOf(step, ours);
  if (weight === 'awaited') return patience;
  // How many candidates there are depends on the machine, whether there are any does not.
  const isFirst = step.http === undefined && hasCandidate(step) && !trickled.has(step.lane);
  return weight === 'greeting' || isFirst ? Math.min(GREETING_PATIENCE, patience) : 0;
}

const hasCandidate = ({ signals }: Step): boolean => signals.some(({ type }) => type === 'candidate');

/** The lanes that candidates are not waited for on any more, when this one has come or was waited for. */
export const trickledBy = (step: Step, { trickled }: ReplayState): ReadonlySet<string> =>
  hasCandidate(step) && !trickled.has(step.lane) ? new Set([...trickled, step.lane]) : trickled;
