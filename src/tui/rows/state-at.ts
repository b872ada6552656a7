/** The model as it was right after an event, for looking back. */
import type { Model } from '../../core/model.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';

/** Looking back further into a long session than this would be felt with every key. */
const FURTHEST = 10_000;

const kept = new WeakMap<Model, Model>();

/** The state after event `seq`: `model` itself for its last event; undefined where working it out would take too long. */
export function modelAt(model: Model, seq: number): Model | undefined {
  if (seq >= model.events.length) return model;
  if (seq > FURTHEST) return undefined;
  const before = kept.get(model);
  const past = before !== undefined && before.events.length <= seq ? before : emptyModel();
  for (const event of model.events.slice(past.events.length, seq)) reduce(past, event);
  kept.set(model, past);
  return past;
}
