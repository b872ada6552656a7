/** Events that are made of others when they are asked for. */
import type { SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';

/** A list of so many events, each given by `at` for its place from 0, every time it is asked for. */
export function eventView(length: number, at: (place: number) => SignalEvent): EventList {
  const from = (index: number): number => (index < 0 ? Math.max(0, length + index) : Math.min(index, length));
  const view: EventList = {
    length,
    at: (index) => {
      const place = index < 0 ? length + index : index;
      return place >= 0 && place < length ? at(place) : undefined;
    },
    slice(start = 0, end = length) {
      const first = from(start);
      return Array.from({ length: Math.max(0, from(end) - first) }, (_, i) => at(first + i));
    },
    some(is) {
      for (const event of view) if (is(event)) return true;
      return false;
    },
    *[Symbol.iterator]() {
      for (let place = 0; place < length; place += 1) yield at(place);
    },
  };
  return view;
}

/** The first so many of a list. */
export function firstOf(events: EventList, count: number): EventList {
  return eventView(Math.min(count, events.length), (place) => events.at(place) as SignalEvent);
}
