/**
 * Which sessions are asked as time passes without an event: a few at every tick, of many each ever more rarely, and none
 * once every rule's patience is over. Thousands of calls that never say goodbye cost nothing after that.
 */
import type { Millis } from '../core/event.ts';
import type { Session } from '../core/model.ts';

export interface Vigil {
  /** Something has happened in it. */
  touch(session: Session, now: Millis): void;
  /** Those to be asked now. */
  due(now: Millis): readonly Session[];
  /** How many are watched. */
  readonly size: number;
}

interface Watch {
  readonly since: Millis;
  next: Millis;
}

/** Twice what the most patient rule waits after an event. */
const LONGEST: Millis = 120_000;
/** Of so many sessions or more each is asked again after half of the time it has been quiet; of fewer sooner. */
const MANY = 200;

export function createVigil(): Vigil {
  const watched = new Map<Session, Watch>();
  return {
    touch(session, now) {
      if (session.closedBy !== undefined) watched.delete(session);
      else watched.set(session, { since: now, next: now });
    },
    due(now) {
      const asked: Session[] = [];
      for (const [session, watch] of watched) {
        if (now < watch.next) continue;
        const quiet = now - watch.since;
        watch.next = now + (quiet / 2) * Math.min(1, watched.size / MANY);
        asked.push(session);
        if (quiet >= LONGEST || session.closedBy !== undefined) watched.delete(session);
      }
      return asked;
    },
    get size() {
      return watched.size;
    },
  };
}
