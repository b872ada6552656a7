/** The append-only log: the only place that gives out `seq` and `t`. */
import type { Draft, Millis, SessionHeader, SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';

export type LogListener = (event: SignalEvent) => void;

export interface Log {
  readonly header: SessionHeader;
  /** In order. The same list grows. */
  readonly events: EventList;
  /** Grows with every event. */
  readonly version: number;
  /** Stamps and stores a draft, then tells the listeners in the order they came. */
  append(draft: Draft): SignalEvent;
  /** Returns the way out. A listener that leaves or joins meanwhile takes effect with the next event. */
  subscribe(listener: LogListener): () => void;
}

/** A log that also stamps what is not kept. */
export interface LiveLog extends Log {
  /** Stamps a draft that is one of too many to be kept, and tells only those who want these too. */
  pass(draft: Draft): SignalEvent;
  /** To what is passed. */
  subscribePassed(listener: LogListener): () => void;
}

/** A log that keeps its events: `events[n].seq` is n + 1, but for the numbers of those that were only passed. */
export interface ArrayLog extends LiveLog {
  readonly events: readonly SignalEvent[];
}

/** Where a log's events are kept, in memory or elsewhere. */
export interface EventKeeper extends EventList {
  push(event: SignalEvent): unknown;
}

/**
 * An empty log. `clock` gives milliseconds since the session's start; a draft's own `t` goes before it.
 * Time never runs backwards in a log: an earlier `t` (or one that is no number) becomes the last one. It keeps its events.
 */
export function createLog(header: SessionHeader, clock: () => Millis): ArrayLog {
  const events: SignalEvent[] = [];
  return Object.assign(createLiveLog(header, clock, events), { events });
}

/** The same with its events kept by somebody else. */
export function createLiveLog(header: SessionHeader, clock: () => Millis, events: EventKeeper): LiveLog {
  const kept = createListeners();
  const passed = createListeners();
  let last: Millis = 0;
  let seq = 0;

  function stamped(draft: Draft): SignalEvent {
    const t = draft.t ?? clock();
    if (t > last && Number.isFinite(t)) last = t;
    seq += 1;
    return { ...draft, seq, t: last };
  }

  return {
    header,
    events,
    get version() {
      return events.length;
    },
    append(draft) {
      const event = stamped(draft);
      events.push(event);
      kept.tell(event);
      return event;
    },
    pass(draft) {
      const event = stamped(draft);
      passed.tell(event);
      return event;
    },
    subscribe: kept.add,
    subscribePassed: passed.add,
  };
}

function createListeners() {
  let listeners: readonly LogListener[] = [];
  return {
    tell(event: SignalEvent): void {
      for (const listener of listeners) listener(event);
    },
    add(listener: LogListener): () => void {
      const entry: LogListener = (event) => listener(event);
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
  };
}
