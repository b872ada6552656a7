/** Events that are made of others when they are asked for. */
import type { SignalEvent } from './event.ts';
import type { EventList } from './event-list.ts';

/** A list of so many events, each given by `at` for its place from 0, every time it is asked for. */
export function eventView(length: number, at: (place: number) => SignalEvent): EventList {
  return growingView(() => length, at);
}

/** The same of a list that grows. */
export function growingView(length: () => number, at: (place: number) => SignalEvent): EventList {
  const view: EventList = {
    get length() {
      return length();
    },
    at: (index) => {
      const place = index < 0 ? length() + index : index;
      return place >= 0 && place < length() ? at(place) : undefined;
    },
    slice: (start, end) => sliceOf(length(), at, start, end),
    some(is) {
      for (const event of view) if (is(event)) return true;
      return false;
    },
    *[Symbol.iterator]() {
      for (let place = 0; place < length(); place += 1) yield at(place);
    },
  };
  return view;
}

/** What `Array.prototype.slice` gives, of a list of so many. */
export function sliceOf(
  length: number,
  at: (place: number) => SignalEvent,
  start = 0,
  end = length,
): readonly SignalEvent[] {
  const [first = 0, last = 0] = [start, end].map((one) =>
    one < 0 ? Math.max(0, length + one) : Math.min(one, length),
  );
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => at(first + i));
}

/** The first so many of a list. */
export function firstOf(events: EventList, count: number): EventList {
  return eventView(Math.min(count, events.length), (place) => events.at(place) as SignalEvent);
}
