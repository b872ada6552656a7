/** Which events the ladder lists: all, or those the filter lets through. Extended as the log grows, rebuilt for a new filter. */
import type { Model } from '../core/model.ts';

interface Listed {
  readonly filter: string;
  readonly seqs: number[];
  seen: number;
}

const lists = new WeakMap<Model, Listed>();

/** Ascending seqs of the listed events. The array grows with the model. */
export function visibleSeqs(model: Model, filter: string): readonly number[] {
  let list = lists.get(model);
  if (list?.filter !== filter) {
    list = { filter, seqs: [], seen: 0 };
    lists.set(model, list);
  }
  const words = filter.toLowerCase();
  for (; list.seen < model.events.length; list.seen += 1) {
    const event = model.events[list.seen];
    if (event !== undefined && (words === '' || JSON.stringify(event).toLowerCase().includes(words)))
      list.seqs.push(event.seq);
  }
  return list.seqs;
}
