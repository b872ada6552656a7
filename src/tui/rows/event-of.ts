/** From the number of an event to the event. */
import type { SignalEvent } from '../../core/event.ts';
import type { Model } from '../../core/model.ts';

/** The event with this number, if there is one. */
export function eventOf(model: Model, seq: number | undefined): SignalEvent | undefined {
  const event = seq === undefined ? undefined : model.events[seq - 1];
  return event?.seq === seq ? event : undefined;
}
