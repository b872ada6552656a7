/** Requests that a server has gone past: they are answered when they come, also at the end. */
import type { Millis } from '../../core/event.ts';
import type { ReplayState } from './machine.ts';
import { GREETING_PATIENCE } from './patience.ts';
import type { Step } from './script.ts';

/** A request that comes late is answered, although its answer was gone past. */
export function lateAnswer({ script, at }: ReplayState, step: Step): Step | undefined {
  if (!isAsked(step)) return undefined;
  const index = script.steps.findIndex((one) => one.http?.exchange === step.http?.exchange && one.do === 'say');
  return index < at ? script.steps[index] : undefined;
}

/** Until when the last request of the recording may still come, where that was gone past; undefined if nothing is to come. */
export function owedUntil({ script, late, now, waitingSince }: ReplayState): Millis | undefined {
  const last = script.steps.findLastIndex(isAsked);
  const until = waitingSince + GREETING_PATIENCE;
  return late.includes(last) && now < until ? until : undefined;
}

const isAsked = ({ do: what, http }: Step): boolean =>
  what === 'hear' && http !== undefined && http.status === undefined;
