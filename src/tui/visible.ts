/** Which events the ladder lists: all, or those the filter lets through. Extended as the log grows, rebuilt for a new filter. */
import { type Filter, parseFilter } from '../core/filter.ts';
import type { Model } from '../core/model.ts';

interface Listed {
  readonly text: string;
  readonly filter: Filter | undefined;
  readonly seqs: number[];
  seen: number;
}

/** What becomes of an offer changes its label later on; a session up to this long is filtered anew with every event. */
const FILTERED_ANEW = 2000;

const lists = new WeakMap<Model, Listed>();

/** Ascending seqs of the listed events. The array may grow with the model. A filter with a fault lets everything through. */
export function visibleSeqs(model: Model, text: string): readonly number[] {
  const { length } = model.events;
  let list = lists.get(model);
  const stale = list?.filter !== undefined && list.seen < length && length <= FILTERED_ANEW;
  if (list === undefined || list.text !== text || stale) {
    list = { text, filter: filterOf(text), seqs: [], seen: 0 };
    lists.set(model, list);
  }
  for (; list.seen < length; list.seen += 1) {
    const event = model.events[list.seen];
    if (event !== undefined && (list.filter === undefined || list.filter(model, event))) list.seqs.push(event.seq);
  }
  return list.seqs;
}

function filterOf(text: string): Filter | undefined {
  const parsed = parseFilter(text);
  return text.trim() === '' || 'error' in parsed ? undefined : parsed.filter;
}

/** What is wrong with a filter, if something is. */
export function filterFault(text: string): string | undefined {
  const parsed = parseFilter(text);
  return 'error' in parsed ? parsed.error.message : undefined;
}
