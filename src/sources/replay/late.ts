/** Requests that a server has gone past: they are answered when they come, also at the end. */
import type { Millis } from '../../core/event.ts';
import type { Gist } from './gist.ts';
import type { ReplayState } from './machine.ts';
import { GREETING_PATIENCE } from './patience.ts';
import type { Step } from './script.ts';

/** The answer to a request that comes late, if that was gone past: it is the step `found`. */
export function lateAnswer({ script, outline, at }: ReplayState, found: number): Step | undefined {
  const step = outline.gist(found);
  const exchange = isAsked(step) ? step.http?.exchange : undefined;
  if (exchange === undefined) return undefined;
  const { gist } = outline;
  for (let place = found + 1; place < at; place += 1)
    if (gist(place).do === 'say' && gist(place).http?.exchange === exchange) return script.steps.at(place);
  return undefined;
}

/** Until when the last request of the recording may still come, where that was gone past; undefined if nothing is to come. */
export function owedUntil({ outline, late, now, waitingSince }: ReplayState): Millis | undefined {
  const until = waitingSince + GREETING_PATIENCE;
  const last = late.findLast((place) => isAsked(outline.gist(place)));
  if (last === undefined || now >= until) return undefined;
  for (let place = last + 1; place < outline.length; place += 1) if (isAsked(outline.gist(place))) return undefined;
  return until;
}

const isAsked = ({ do: what, http }: Gist): boolean =>
  what === 'hear' && http !== undefined && http.status === undefined;
