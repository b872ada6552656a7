/** Candidates wait for the description that brings their credentials, at most for the grace of guard G10. */
import type { Millis } from '../core/event.ts';
import type { CandidateRecord } from '../core/model.ts';

export interface CandidateQueue {
  add(record: CandidateRecord): void;
  /** Those that can be judged now: their credentials are known, or they have waited long enough. */
  due(now: Millis): readonly CandidateRecord[];
  /** A description has come: those whose credentials it brought. */
  resolved(): readonly CandidateRecord[];
  /** Nothing more will come. */
  rest(): readonly CandidateRecord[];
}

export function createCandidateQueue(grace: Millis): CandidateQueue {
  let ready: CandidateRecord[] = [];
  /** Oldest first, from `head`. */
  let waiting: CandidateRecord[] = [];
  let head = 0;

  const take = (): readonly CandidateRecord[] => {
    const taken = ready;
    ready = [];
    return taken;
  };

  return {
    add(record) {
      (record.generation ? ready : waiting).push(record);
    },
    due(now) {
      for (let next = waiting[head]; next && now - next.t >= grace; next = waiting[head]) {
        ready.push(next);
        head += 1;
      }
      return take();
    },
    resolved() {
      const rest = waiting.slice(head);
      waiting = rest.filter((record) => !record.generation);
      head = 0;
      ready.push(...rest.filter((record) => record.generation));
      return take();
    },
    rest() {
      ready.push(...waiting.slice(head));
      waiting = [];
      head = 0;
      return take();
    },
  };
}
