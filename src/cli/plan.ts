/** Knows when what `--do` asks for has its moment, and when `--exit-when` holds. Pure: no timers, nothing is done here. */
import type { Action, DescriptionType, Millis, SignalEvent, StateOf } from '../core/event.ts';
import type { Model } from '../core/model.ts';
import { type AwaitedState, countOf, type Planned, reaches } from './do.ts';

export interface Undone {
  readonly text: string;
  readonly why: string;
}

export interface Plan {
  /** Takes in what has happened. */
  accept(event: SignalEvent): void;
  /** The clock has reached `t`, in milliseconds since the start. */
  reach(t: Millis): void;
  /** When `reach` has to be called. */
  readonly times: readonly Millis[];
  /**
   * The next action whose moment has come and that is not refused; it counts as done then. An action that is refused
   * (a negotiation is under way) keeps waiting, but for one that can `never` be done: it is lost. Undefined if there is none.
   */
  next(
    refusal: (action: Action) => string | undefined,
    never?: (action: Action) => string | undefined,
  ): Action | undefined;
  /** Actions that were given up because they can never be done; also among the undone ones. */
  readonly lost: readonly Undone[];
  /** Actions whose moment has come, but that could not be done yet. */
  readonly due: readonly Planned[];
  /** Actions not done yet, and why. */
  readonly undone: readonly Undone[];
  /** Everything planned is done, what it set off is settled, and the awaited state holds. */
  done(model: Model): boolean;
}

/** These lead to a new round, which has to be over before the plan is. */
const STARTS_ROUND: ReadonlySet<Action['do']> = new Set(['call', 'restart-ice', 'offer', 'add', 'stop', 'direction']);

const DESCRIPTIONS: readonly DescriptionType[] = ['offer', 'answer', 'pranswer'];

/** Every state in the log is our own: nobody else tells us theirs. Without `exitWhen` the plan is never done. */
export function createPlan(planned: readonly Planned[], exitWhen: AwaitedState | undefined): Plan {
  const waiting = new Set(planned.filter(({ trigger }) => trigger.when !== 'possible'));
  const due = new Set(planned.filter(({ trigger }) => trigger.when === 'possible'));
  const lost = new Set<Planned>();
  const refused = new Map<Planned, string>();
  const states = new Map<StateOf, string>();
  const seen = new Map<DescriptionType, number>(DESCRIPTIONS.map((type) => [type, 0]));
  /** The newest event that tells of an action which starts a round. */
  let owed: number | undefined;

  function arm(isDue: (item: Planned) => boolean): void {
    for (const item of [...waiting].filter(isDue)) {
      waiting.delete(item);
      due.add(item);
    }
  }

  const undone = (item: Planned): Undone => ({ text: item.text, why: refused.get(item) ?? 'its moment did not come' });

  return {
    times: planned.flatMap(({ trigger }) => (trigger.when === 'time' ? [trigger.t] : [])),
    get due() {
      return [...due];
    },
    get undone() {
      return planned.filter((item) => due.has(item) || waiting.has(item) || lost.has(item)).map(undone);
    },
    get lost() {
      return [...lost].map(undone);
    },
    accept(event) {
      if (event.kind === 'action' && STARTS_ROUND.has(event.action.do)) owed = event.seq;
      if (event.kind === 'problem' && event.code.startsWith('ACTION_')) owed = undefined;
      if (event.kind === 'state') states.set(event.of, event.value);
      for (const [type, before] of seen) seen.set(type, before + countOf(event, type));
      arm(({ trigger }) => {
        if (trigger.when === 'state') return reaches(event, trigger.state);
        return trigger.when === 'description' && (seen.get(trigger.type) ?? 0) >= trigger.nth;
      });
    },
    reach(t) {
      arm(({ trigger }) => trigger.when === 'time' && trigger.t <= t);
    },
    next(refusal, never) {
      for (const item of due) {
        const why = refusal(item.action);
        if (why === undefined) {
          due.delete(item);
          return item.action;
        }
        const final = never?.(item.action);
        refused.set(item, final ?? why);
        if (final === undefined) continue;
        due.delete(item);
        lost.add(item);
      }
      return undefined;
    },
    done(model) {
      if (exitWhen === undefined || waiting.size + due.size > 0) return false;
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
