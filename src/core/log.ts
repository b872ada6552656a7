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

/** A log that keeps its events: `events[n].seq` is n + 1. */
export interface ArrayLog extends Log {
  readonly events: readonly SignalEvent[];
}

/**
 * An empty log. `clock` gives milliseconds since the session's start; a draft's own `t` goes before it.
 * Time never runs backwards in a log: an earlier `t` (or one that is no number) becomes the last one.
 */
export function createLog(header: SessionHeader, clock: () => Millis): ArrayLog {
  const events: SignalEvent[] = [];
  let listeners: readonly LogListener[] = [];
  let last: Millis = 0;
  return {
    header,
    events,
    get version() {
      return events.length;
    },
    append(draft) {
      const t = draft.t ?? clock();
      if (t > last && Number.isFinite(t)) last = t;
      const event: SignalEvent = { ...draft, seq: events.length + 1, t: last };
      events.push(event);
      for (const listener of listeners) listener(event);
      return event;
    },
    subscribe(listener) {
      const entry: LogListener = (event) => listener(event);
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
  };
}
