/** Finds an event by its number. Imported files may leave numbers out (line n is event n, blank lines are none). */
import type { SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';

/** The event with this number; undefined if there is none. Constant time without gaps, else logarithmic. */
export function eventAt(events: EventList, seq: number): SignalEvent | undefined {
  const direct = seq > 0 ? events.at(seq - 1) : undefined;
  if (direct?.seq === seq) return direct;
  let [low, high] = [0, events.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const event = events.at(middle) as SignalEvent;
    if (event.seq === seq) return event;
    if (event.seq < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
