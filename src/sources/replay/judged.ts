/**
 * The times that a replay is judged by: those of the recording, and what the far side has added to them. How late a
 * replay itself says something is no doing of the far side.
 */
import type { Millis } from '../../core/event.ts';
import type { Stand } from './pace.ts';

/** Up to this pauses are how long it took to react; whoever paused for longer spoke by a clock of their own. */
const REACTION: Millis = 200;
/** The lag that is made up for in such pauses. Of a far side that is slower the rest stays. */
const MADE_UP_FOR: Millis = 1_000;

/**
 * `times` are those of today, `stands` what each event is of the recording; undefined is none of it, and moves nothing.
 * `sooner`: what is heard sooner than in the recording counts as sooner.
 */
export function judgedTimes(
  times: readonly Millis[],
  stands: readonly (Stand | undefined)[],
  sooner: boolean,
): readonly Millis[] {
  const recorded = recordedTimes(stands);
  const judged: Millis[] = [];
  let last = { recorded: 0, now: 0, t: 0 };
  let slow: Millis = 0;

  /** Between what is of the recording the rest comes as it came. */
  function rest(until: number, latest: Millis): void {
    for (let place = judged.length; place < until; place += 1) {
      const before = place === 0 ? 0 : (times[place - 1] ?? 0);
      judged.push(Math.min((judged[place - 1] ?? 0) + (times[place] ?? 0) - before, latest));
    }
  }

  for (const [place, then] of recorded.entries()) {
    if (then === undefined) continue;
    const now = times[place] ?? 0;
    const pause = then - last.recorded;
    const due = last.t + Math.max(Math.min(pause, REACTION), Math.min(pause, then + slow - last.t));
    const came = last.t + now - last.now;
    const isOurs = stands[place]?.do === 'say';
    const t = isOurs ? due : Math.max(sooner ? last.t : due, came);
    rest(place, t);
    judged.push(t);
    slow = Math.max(slow, t - then - MADE_UP_FOR);
    last = { recorded: then, now, t };
  }
  rest(times.length, Number.POSITIVE_INFINITY);
  return judged;
}

/**
 * When each was in the recording, in ascending order: what is said is said in order, and what is heard earlier or later than
 * in the recording has come between what was said before and after it.
 */
function recordedTimes(stands: readonly (Stand | undefined)[]): readonly (Millis | undefined)[] {
  const latest: Millis[] = new Array(stands.length);
  let next = Number.POSITIVE_INFINITY;
  for (let index = stands.length - 1; index >= 0; index -= 1) {
    const stand = stands[index];
    if (stand?.do === 'say') next = Math.min(next, stand.t);
    latest[index] = next;
  }
  let reached = 0;
  return stands.map((stand, index) => {
    if (stand === undefined) return undefined;
    reached = Math.max(reached, Math.min(stand.t, latest[index] ?? stand.t));
    return reached;
  });
}
