/**
 * What a replay has done, and when that would have been at the recorded pace: a replay in seconds of what took minutes is
 * judged as the same conversation, in which the same pauses are long.
 */
import type { Millis, SignalEvent } from '../../core/event.ts';
import type { Step } from './script.ts';

export interface Told {
  readonly count: number;
  add(event: SignalEvent): void;
  /** The event is the recorded `step`; `altered`: on its way it was changed, which nobody who is played has done. */
  stands(event: number, step: Step, altered?: boolean): void;
  /** The events with the times of the recorded pace. */
  paced(): readonly SignalEvent[];
}

/**
 * `speed` is that of the replay: at 1 every event has its own time. At others nothing counts as sooner after what was before
 * it than it was in the recording. `byHand`: what is said waits for somebody's hand, which no server and no application does.
 */
export function createTold({ speed, byHand }: { readonly speed: number; readonly byHand: boolean }): Told {
  const events: SignalEvent[] = [];
  const steps = new Map<number, Step>();
  const changed = new Set<number>();

  function paced(): readonly SignalEvent[] {
    const recorded = recordedTimes(events.map(({ seq }) => steps.get(seq)));
    let shift: Millis = 0;
    let last: Millis = 0;
    let before = { recorded: 0, t: 0 };
    return events.map((event, index) => {
      const then = recorded[index];
      let t = event.t + shift;
      if (then !== undefined) {
        const due = before.t + then - before.recorded;
        if (t < due || (byHand && steps.get(event.seq)?.do === 'say')) t = due;
      }
      t = Math.max(t, last);
      if (then !== undefined) before = { recorded: then, t };
      shift = t - event.t;
      last = t;
      return { ...event, t };
    });
  }

  /** As it was said; what became of it is reported. */
  function asSaid(event: SignalEvent): SignalEvent {
    const step = changed.has(event.seq) ? steps.get(event.seq) : undefined;
    return step === undefined || event.kind !== 'message' ? event : { ...event, signals: step.signals };
  }

  return {
    get count() {
      return events.length;
    },
    add: (event) => void events.push(event),
    stands(event, step, altered = false) {
      steps.set(event, step);
      if (altered) changed.add(event);
    },
    paced: () => (speed === 1 && !byHand ? events : paced()).map(asSaid),
  };
}

/**
 * When each was in the recording, in ascending order: what is said is said in order, and what is heard earlier or later than
 * in the recording has come between what was said before and after it.
 */
function recordedTimes(steps: readonly (Step | undefined)[]): readonly (Millis | undefined)[] {
  const latest: Millis[] = new Array(steps.length);
  let next = Number.POSITIVE_INFINITY;
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step?.do === 'say') next = Math.min(next, step.t);
    latest[index] = next;
  }
  let reached = 0;
  return steps.map((step, index) => {
    if (step === undefined) return undefined;
    reached = Math.max(reached, Math.min(step.t, latest[index] ?? step.t));
    return reached;
  });
}
