/** The text of a signal, read from its event: the events are what keeps it. */
import type { Signal } from './event.ts';
import { eventAt } from './event-at.ts';
import type { EventList } from './event-list.ts';

/** Which signal of which event. */
export interface SignalPlace {
  readonly events: EventList;
  readonly seq: number;
  readonly at: number;
}

/** Undefined if the list does not hold the event. */
export function signalIn({ events, seq, at }: SignalPlace): Signal | undefined {
  const event = eventAt(events, seq);
  return event?.kind === 'message' ? event.signals[at] : undefined;
}

/** Up to this length a part of a text is a text of its own; a longer one keeps the whole in memory. */
const OWN = 12;

/** The same text, without the one it was cut out of. */
export function ownText<T extends string | undefined>(text: T): T {
  return text === undefined || text.length <= OWN ? text : (JSON.parse(JSON.stringify(text)) as T);
}
