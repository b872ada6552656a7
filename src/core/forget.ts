/**
 * Lets go of what long sessions were about that are over for long, for whoever looks at each event once: `check`, and live
 * sessions that are only written. Of each remains that it was there and how it ended.
 */
import type { Millis, PcId, SignalEvent } from './event.ts';
import { eventAt } from './event-at.ts';
import type { Model, Session } from './model.ts';
import { idOf } from './session.ts';

export interface Forgetting {
  /** Closed sessions that are kept in any case. */
  readonly kept: number;
  /** How long each is kept after its end, in time of the recording: longer than anything that still comes is late. */
  readonly rest: Millis;
}

export const FORGETTING: Forgetting = { kept: 500, rest: 600_000 };

/**
 * The sessions that may be forgotten now that this event has happened: the older half of the closed ones, once that many are
 * kept and all of that half have rested. Mostly none. Constant time, apart from these.
 */
export function forgettable(
  { ended, events }: Model,
  { seq, t }: Pick<SignalEvent, 'seq' | 't'>,
  { kept, rest }: Forgetting,
): readonly Session[] {
  const half = ended.length >> 1;
  if (half < kept || ended.at(-1)?.closedBy !== seq) return [];
  const end = eventAt(events, ended[half - 1]?.closedBy ?? 0);
  return end === undefined || t - end.t < rest ? [] : ended.slice(0, half);
}

/** Forgets them: descriptions, rounds, candidates and generations, also by their events. */
export function forget(model: Model, sessions: readonly Session[]): void {
  const gone = new Set(sessions);
  const names = new Set<PcId>();
  for (const session of sessions) {
    // One that turned out to be part of another has left already, and its name may be somebody else's.
    if (model.sessions.get(session.pc) !== session) continue;
    names.add(session.pc);
    const [id, rest] = [idOf(session), remainderOf(session)];
    if (model.newest === session) model.newest = rest;
    if (model.current.get(id) === session) {
      model.current.set(id, rest);
      model.sessions.set(session.pc, rest);
    } else model.sessions.delete(session.pc);
  }
  for (const list of [model.ended, model.alive]) {
    const kept = list.filter((session) => !gone.has(session));
    list.length = 0;
    for (const session of kept) list.push(session);
  }
  model.described.keep(({ pc }) => !names.has(pc));
  model.gathered.keep(({ pc }) => !names.has(pc));
}

/** What remains: what comes now comes after the end, and nobody can say what it belongs to. */
function remainderOf(session: Session): Session {
  return {
    ...session,
    sides: new Map(),
    descriptions: [],
    rounds: [],
    open: new Map(),
    candidates: [],
    glares: [],
    partial: true,
  };
}
