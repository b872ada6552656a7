/** The model as it was right after an event, for looking back. */

import type { SignalEvent } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import { FORGETTING, forget, forgettable } from '../../core/forget.ts';
import type { Model } from '../../core/model.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';

interface Past {
  readonly model: Model;
  /** How many events it is made of, and the number of the last. */
  count: number;
  seq: number;
}

/** What is done in one step: events, and characters of what they carried, which are scanned. */
const STEP = { events: 50, characters: 30_000 };

/** Going on is cheap, going back begins anew: of each model the last that was looked for. */
const kept = new WeakMap<Model, Past>();

/** The state after event `seq`, in steps that tell how far it is; `model` itself for its last event. */
export function* modelAt(model: Model, seq: number): Generator<string, Model, undefined> {
  const { events } = model;
  if (seq >= (events.at(-1)?.seq ?? 0)) return model;
  const known = kept.get(model);
  const past = known !== undefined && known.seq <= seq ? known : { model: emptyModel(events), count: 0, seq: 0 };
  kept.set(model, past);
  while (goOn(past, events, seq)) yield `working it out: event ${past.seq} of ${seq}`;
  return past.model;
}

/** Takes one step; false if there is none left. */
function goOn(past: Past, events: EventList, seq: number): boolean {
  let characters = 0;
  for (let done = 0; done < STEP.events && characters < STEP.characters; done += 1) {
    const event = events.at(past.count);
    if (event === undefined || event.seq > seq) return false;
    past.count += 1;
    past.seq = event.seq;
    reduce(past.model, event);
    const gone = forgettable(past.model, event, FORGETTING);
    if (gone.length > 0) forget(past.model, gone);
    characters += lengthOf(event);
  }
  return true;
}

/** Its descriptions are scanned, whether they were in the frame or not. */
function lengthOf(event: SignalEvent): number {
  if (event.kind !== 'message') return 0;
  return event.signals.reduce((sum, signal) => sum + ('sdp' in signal ? signal.sdp.length : 0), event.raw.length);
}
