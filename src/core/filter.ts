/**
 * The one language in which the screen, `show`, `check` and the rules of the proxy say which messages are meant:
 * `offer from:alice`, `candidate[relay] or finding:error`, `not (mid:0 and time<2s)`. Its fields are in filter/fields.ts.
 */
import type { SignalEvent } from './event.ts';
import { eventSubject, type FindingsOf } from './filter/event-subject.ts';
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
export type Filter = (model: Model, event: SignalEvent, findings?: FindingsOf) => boolean;

/** Reads a filter. An empty one lets everything through. Never throws. */
export function parseFilter(
  text: string,
  options: Pick<ReadOptions, 'saved'> = {},
): { readonly filter: Filter } | { readonly error: FilterError } {
  const test = readTest(text, options);
  if (test === undefined) return { filter: () => true };
  if (typeof test !== 'function') return { error: test };
  return { filter: (model, event, findings) => test(eventSubject(model, event, findings)) };
}

/** The filter with the place that is wrong underlined, as the hint of an error. */
export function underlined(text: string, { column, length }: FilterError): string {
  const marks = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
  return `${text}\n${' '.repeat(column - 1)}${marks}`;
}
