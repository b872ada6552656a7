/**
 * How long a frame, with the keys before it, may work on what is not known yet: the listing first, then the details, then
 * labels. What there is no time for is worked on in the next one.
 */
import type { Model } from '../core/model.ts';

export interface Patience {
  /** True until this part (0 to 1) of the time is over, which runs from the first question on; of each part the first time in any case. */
  hasTime(part: number): boolean;
}

/** Milliseconds: what is drawn in any case, and the terminal, need the rest of a frame. */
const PATIENCE = 5;

function patience(clock: () => number): Patience {
  let began: number | undefined;
  const asked = new Set<number>();
  return {
    hasTime(part) {
      began ??= clock();
      const isFirst = !asked.has(part);
      asked.add(part);
      return isFirst || clock() - began < PATIENCE * part;
    },
  };
}

const turns = new WeakMap<Model, Patience>();

/** Of the frame that is next. `clock`: milliseconds from any start; the process's own by default. */
export function turnOf(model: Model, clock = () => performance.now()): Patience {
  const turn = turns.get(model) ?? patience(clock);
  turns.set(model, turn);
  return turn;
}

/** The frame is made. */
export function endTurn(model: Model): void {
  turns.delete(model);
}
