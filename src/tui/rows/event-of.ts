/** From the number of an event to the event. */

import type { SignalEvent } from '../../core/event.ts';
import { eventAt } from '../../core/event-at.ts';
import type { Model } from '../../core/model.ts';

/** The event with this number, if there is one. */
export function eventOf(model: Model, seq: number | undefined): SignalEvent | undefined {
  const event = seq === undefined ? undefined : eventAt(model.events, seq);
  return event?.seq === seq ? event : undefined;
}
