/** A filter for events: words that must all match, `kind:offer from:alice to:bob link:app mid:0`, `-word` to exclude. */
import type { SignalEvent } from './event.ts';
import { label } from './label.ts';
import type { Model } from './model.ts';
import { outlineOf } from './outline.ts';

export type Filter = (model: Model, event: SignalEvent) => boolean;

/** What is wrong with a filter, and at which column (from 1). */
export interface FilterError {
  readonly column: number;
  readonly message: string;
}

const KINDS = new Set([
  ...['link', 'message', 'apply', 'state', 'call', 'action', 'mark', 'problem', 'other'],
  ...['offer', 'answer', 'pranswer', 'rollback', 'candidate', 'end-of-candidates'],
  ...['request', 'response', 'notify', 'presence', 'bye'],
]);

const FIELDS: Readonly<Record<string, (model: Model, event: SignalEvent, value: string) => boolean>> = {
  kind: (_, event, value) => event.kind === value || signalTypes(event).includes(value),
  from: (_, event, value) => event.from.toLowerCase() === value,
  to: (_, event, value) => event.to.toLowerCase() === value,
  link: (_, event, value) => event.link?.toLowerCase() === value,
  mid: hasMid,
};

/** Reads a filter. An empty one lets everything through. */
export function parseFilter(text: string): { readonly filter: Filter } | { readonly error: FilterError } {
  const tests: Filter[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const test = readWord(word.toLowerCase());
    if (typeof test !== 'function') return { error: { column: index + 1 + test.offset, message: test.message } };
    tests.push(test);
  }
  return { filter: (model, event) => tests.every((test) => test(model, event)) };
}

interface Fault {
  readonly offset: number;
  readonly message: string;
}

function readWord(word: string): Filter | Fault {
  if (!word.startsWith('-')) return readTerm(word);
  const term = word === '-' ? { offset: 0, message: 'a word is missing after "-"' } : readTerm(word.slice(1));
  if (typeof term !== 'function') return word === '-' ? term : { ...term, offset: term.offset + 1 };
  return (model, event) => !term(model, event);
}

function readTerm(term: string): Filter | Fault {
  const colon = term.indexOf(':');
  const name = term.slice(0, Math.max(0, colon));
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined) return (model, event) => searched(model, event).includes(term);
  const value = term.slice(colon + 1);
  if (value === '') return { offset: colon + 1, message: `a value is missing after "${name}:"` };
  if (name === 'kind' && !KINDS.has(value)) {
    return { offset: colon + 1, message: `there is no kind "${value}"; there are ${[...KINDS].join(', ')}` };
  }
  return (model, event) => field(model, event, value);
}

function signalTypes(event: SignalEvent): readonly string[] {
  return event.kind === 'message' ? event.signals.map(({ type }) => type) : [];
}

function searched(model: Model, event: SignalEvent): string {
  return [label(model, event), event.from, event.to, event.kind, ...signalTypes(event)].join('\n').toLowerCase();
}

function hasMid(model: Model, event: SignalEvent, value: string): boolean {
  if (event.kind !== 'message') return false;
  const is = (mid: string | undefined) => mid?.toLowerCase() === value;
  if (event.signals.some((signal) => 'mid' in signal && is(signal.mid))) return true;
  const descriptions = model.described.get(event.seq) ?? [];
  return descriptions.some((description) => outlineOf(description).sections.some(({ mid }) => is(mid)));
}
