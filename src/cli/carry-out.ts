/** Carries out a plan in a live session: does each action when it can be done, and ends the session when all is. */
import type { Action } from '../core/event.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import type { Source } from '../sources/source.ts';
import type { Plan, Undone } from './plan.ts';

/** How long to wait before asking again whether an action can be done, where no event tells. */
const AGAIN_MS = 25;

export interface Stage {
  readonly log: Log;
  readonly model: Model;
  readonly source: Source;
  /** Milliseconds since the session's start. */
  clock(): number;
  /** The plan is done. */
  finish(): void;
  /** An action can never be done. */
  lost(action: Undone): void;
}

/** Starts; returns what stops it. */
export function carryOut(plan: Plan, { log, model, source, clock, finish, lost }: Stage): () => void {
  const timers = new Set<NodeJS.Timeout>();
  let asked = false;

  function later(delay: number, what: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      what();
    }, delay);
    timers.add(timer);
  }

  /** Not at once: an event's listeners must all have heard of it before the next event happens. */
  function ask(delay = 0): void {
    if (asked || plan.due.length === 0) return;
    asked = true;
    later(delay, () => {
      asked = false;
      const before = plan.lost.length;
      const action: Action | undefined = plan.next(
        (wanted) => source.refusal(wanted),
        (wanted) => source.never?.(wanted),
      );
      const given = plan.lost.slice(before);
      for (const one of given) lost(one);
      if (action !== undefined) source.dispatch(action);
      else if (given.length > 0 && plan.done(model)) finish();
      ask(action === undefined ? AGAIN_MS : 0);
    });
  }

  log.subscribe((event) => {
    plan.accept(event);
    if (plan.done(model)) finish();
    else ask();
  });
  for (const t of plan.times) {
    later(t - clock(), () => {
      plan.reach(t);
      ask();
    });
  }
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
