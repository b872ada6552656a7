/**
 * The one language in which the screen, `show`, `check` and the rules of the proxy say which messages are meant:
 * `offer from:alice`, `candidate[relay] or finding:error`, `not (mid:0 and time<2s)`. Its fields are in filter/fields.ts.
 */
import type { SignalEvent } from './event.ts';
import { eventSubject, type FindingsOf } from './filter/event-subject.ts';
import { lacks } from './filter/needs.ts';
import { type ReadOptions, readTest } from './filter/syntax.ts';
import type { FilterError } from './filter/tokens.ts';
import type { Model } from './model.ts';

export { eventSubject, type FindingsOf } from './filter/event-subject.ts';
export { factsOf } from './filter/facts.ts';
export { FIELDS, type Field } from './filter/fields.ts';
export { KINDS } from './filter/kinds.ts';
export type { Subject, Way } from './filter/subject.ts';
export type { Saved } from './filter/syntax.ts';
export type { FilterError } from './filter/tokens.ts';

/** Whether an event is meant. What was found in it is asked only if the filter does; without it nothing was found. */
export interface Filter {
  (model: Model, event: SignalEvent, findings?: FindingsOf): boolean;
  /** True if the JSON that an event of the model is kept as shows that the event is not meant. */
  excludes?(model: Model, line: string): boolean;
}

/** Reads a filter. An empty one lets everything through. Never throws. */
export function parseFilter(
  text: string,
  options: Pick<ReadOptions, 'saved'> = {},
): { readonly filter: Filter } | { readonly error: FilterError } {
  const test = readTest(text, options);
  if (test === undefined) return { filter: () => true };
  if (typeof test !== 'function') return { error: test };
  const { needs = [] } = test;
  const filter: Filter = (model, event, findings) => test(eventSubject(model, event, findings));
  // A party that turned out to be another one is shown under a name that is not in its events.
  const excludes = (model: Model, line: string) => model.met.size === 0 && lacks(needs, line);
  return { filter: needs.length === 0 ? filter : Object.assign(filter, { excludes }) };
}

/** The events of a model that a filter lets through. Those that it can tell by how they are kept are not read. */
export function* filtered(model: Model, filter: Filter, findings?: FindingsOf): Generator<SignalEvent, void> {
  const { events } = model;
  for (let index = 0; index < events.length; index += 1) {
    const event = meantAt(model, index, filter, findings);
    if (event !== undefined) yield event;
  }
}

/** The event at a place, from 0, if the filter lets it through. */
export function meantAt(model: Model, index: number, filter: Filter, findings?: FindingsOf): SignalEvent | undefined {
  const line = filter.excludes === undefined ? undefined : model.events.line?.(index);
  if (line !== undefined && filter.excludes?.(model, line)) return undefined;
  const event = model.events.at(index);
  return event !== undefined && filter(model, event, findings) ? event : undefined;
}

/** The filter with the place that is wrong underlined, as the hint of an error. */
export function underlined(text: string, { column, length }: FilterError): string {
  const marks = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
  return `${text}\n${' '.repeat(column - 1)}${marks}`;
}
