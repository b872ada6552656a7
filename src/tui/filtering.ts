/** The filter as it is typed: what it filters by, its name if it is to be saved, what can be written next. */

import { type Completion, complete, vocabularyOf } from '../core/filter/complete.ts';
import { type FilterError, parseFilter } from '../core/filter.ts';
import type { Setting } from './state.ts';

/** What is typed: `@name = filter` saves it under that name. */
export interface TypedFilter {
  readonly name: string | undefined;
  readonly text: string;
  /** Where the text begins. */
  readonly at: number;
}

export function typedFilter(typed: string): TypedFilter {
  const [start, name] = /^\s*@([\w-]+)\s*=(?!=)\s*/.exec(typed) ?? [];
  return start === undefined
    ? { name: undefined, text: typed, at: 0 }
    : { name, text: typed.slice(start.length), at: start.length };
}

const savedIn = ({ filters }: Setting) => filters?.() ?? {};

/** What is wrong with what is typed, its column counted in that. */
export function filterFault(typed: string, setting: Setting): FilterError | undefined {
  const { text, at, name } = typedFilter(typed);
  if (name !== undefined && setting.canSaveFilter !== true)
    return { column: 1, length: name.length + 1, message: 'filters cannot be saved here' };
  const parsed = parseFilter(text, { saved: savedIn(setting) });
  return 'error' in parsed ? { ...parsed.error, column: parsed.error.column + at } : undefined;
}

/** What can be written next; nothing behind a blank or where nothing fits. */
export function completionOf(typed: string, setting: Setting): Completion {
  const rules = [...new Set(setting.findings.list().map(({ rule }) => rule))];
  const { at, options } = complete(typed, vocabularyOf(setting.model, Object.keys(savedIn(setting)), rules));
  return { at, options };
}

/** The word that is typed made whole by what fits best; what is typed already stays. */
export function completed(typed: string, setting: Setting): string {
  const { at, options } = completionOf(typed, setting);
  const [first] = options;
  return first === undefined
    ? typed
    : typed.slice(0, at) +
        common(
          options.map(({ text }) => text),
          first.text,
          typed.slice(at),
        );
}

/** What all options begin with, if that is more than is typed; else the first of them. */
function common(options: readonly string[], first: string, typed: string): string {
  let length = first.length;
  for (const option of options) while (!option.startsWith(first.slice(0, length))) length -= 1;
  return length > typed.length ? first.slice(0, length) : first;
}
