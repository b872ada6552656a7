/** Carries out what `--do` asks for when its moment comes, and knows when `--exit-when` holds. Pure: no timers. */
import type { Action, Millis, SignalEvent, StateOf } from '../core/event.ts';
import type { Model } from '../core/model.ts';
import { type AwaitedState, type Planned, reaches } from './do.ts';

export interface Plan {
  /** Looks at what has happened; returns the actions whose moment has come. */
  accept(event: SignalEvent, refusal: (action: Action) => string | undefined): readonly Action[];
  /** The clock reached `t`: actions due by then. */
  due(t: Millis): readonly Action[];
  /** When `due` has to be called, in milliseconds since the start. */
  readonly times: readonly Millis[];
  /** Everything planned is done, what it set off is settled, and the awaited state holds. */
  done(model: Model): boolean;
}

/** These lead to a new round, which has to be over before the plan is. */
const STARTS_ROUND: ReadonlySet<Action['do']> = new Set(['call', 'restart-ice', 'offer', 'add', 'stop', 'direction']);

/** Every state in the log is our own: nobody else tells us theirs. Without `exitWhen` the plan is never done. */
export function createPlan(planned: readonly Planned[], exitWhen: AwaitedState | undefined): Plan {
  const waiting = new Set(planned);
  const states = new Map<StateOf, string>();
  /** The newest event that told of a planned action which starts a round. */
  let owed: number | undefined;
  let dispatched = 0;

  function take(ready: (item: Planned) => boolean): readonly Action[] {
    const chosen = [...waiting].filter(ready);
    for (const item of chosen) waiting.delete(item);
    dispatched += chosen.length;
    return chosen.map((item) => item.action);
  }

  return {
    times: planned.flatMap(({ trigger }) => (trigger.when === 'time' ? [trigger.t] : [])),
    accept(event, refusal) {
      if (event.kind === 'action' && dispatched > 0 && STARTS_ROUND.has(event.action.do)) owed = event.seq;
      if (event.kind === 'problem') owed = undefined;
      if (event.kind === 'state') states.set(event.of, event.value);
      return take(({ action, trigger }) => {
        if (trigger.when === 'state') return reaches(event, trigger.state);
        return trigger.when === 'possible' && refusal(action) === undefined;
      });
    },
    due: (t) => take(({ trigger }) => trigger.when === 'time' && trigger.t <= t),
    done(model) {
      if (exitWhen === undefined || waiting.size > 0) return false;
      const holds = exitWhen.of.some((of) => states.get(of) === exitWhen.value);
      return holds && settled(model, owed);
    },
  };
}

/** No round is open, and the action at `owed` has led to one that is over. */
function settled(model: Model, owed: number | undefined): boolean {
  const rounds = [...model.sessions.values()].flatMap((session) => session.rounds);
  if (rounds.some((round) => round.state === 'open')) return false;
  return owed === undefined || rounds.some((round) => round.offer.seq > owed && round.state !== 'open');
}
