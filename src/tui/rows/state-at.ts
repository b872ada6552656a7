/** The model as it was right after an event, for looking back. */
import type { MessageEvent } from '../../core/event.ts';
import type { Model } from '../../core/model.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';

/** Looking back further into a long session would take too long, even in parts. */
const FURTHEST = 10_000;
/** What there is time for within a frame: events, and characters of what they carried. */
const PART = { events: 250, characters: 150_000 };

const kept = new WeakMap<Model, Model>();

/**
 * The state after event `seq`: `model` itself for its last event; undefined where working it out would take too long.
 * With `inParts` no more is done than a frame has time for, and what comes out may be behind: ask again.
 */
export function modelAt(model: Model, seq: number, inParts = false): Model | undefined {
  if (seq >= model.events.length) return model;
  if (seq > FURTHEST) return undefined;
  const before = kept.get(model);
  const past = before !== undefined && before.events.length <= seq ? before : emptyModel();
  let characters = 0;
  const from = past.events.length;
  for (const event of model.events.slice(from, inParts ? Math.min(seq, from + PART.events) : seq)) {
    reduce(past, event);
    characters += event.kind === 'message' ? lengthOf(event) : 0;
    if (inParts && characters > PART.characters) break;
  }
  kept.set(model, past);
  return past;
}

/** Its descriptions are scanned, whether they were in the frame or not. */
function lengthOf({ raw, signals }: MessageEvent): number {
  return signals.reduce((sum, signal) => sum + ('sdp' in signal ? signal.sdp.length : 0), raw.length);
}
