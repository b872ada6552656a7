/** Reads the fields of an object of a template, and says which are none. */

import { nearest } from '../../core/nearest.ts';
import { isObject } from '../json.ts';
import { type Path, TemplateFault } from './fault.ts';
import { compilePattern, type Pattern } from './pattern.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The object at this place; only these keys may be in it. Throws TemplateFault. */
export function fieldsOf(source: unknown, path: Path, known: readonly string[], what: string): Fields {
  if (!isObject(source)) throw new TemplateFault(path, `${what} is no object`, `It may have ${known.join(', ')}.`);
  const strange = Object.keys(source).find((key) => !known.includes(key));
  if (strange !== undefined) {
    const near = nearest(strange, known);
    const hint = near === undefined ? `It may have ${known.join(', ')}.` : `Did you mean '${near}'?`;
    throw new TemplateFault([...path, strange], `${what} has no '${strange}'`, hint, true);
  }
  return source;
}

export function textField(source: unknown, path: Path): string | undefined {
  if (source === undefined || source === null) return undefined;
  if (typeof source === 'string') return source;
  throw new TemplateFault(path, 'this is no text', 'Put it into quotes.');
}

export function patternField(source: unknown, path: Path): Pattern | undefined {
  return source === undefined || source === null ? undefined : compilePattern(source, path);
}

/** A list, of which a single entry need not be one. */
export function listField(source: unknown, path: Path): readonly { readonly source: unknown; readonly path: Path }[] {
  if (source === undefined || source === null) return [];
  if (!Array.isArray(source)) throw new TemplateFault(path, 'this is no list', 'Begin each entry with "- ".');
  return source.map((item, index) => ({ source: item, path: [...path, index] }));
}

/** `25s`, `500ms`, `1m`, or a number of milliseconds; at least a tenth of a second. */
export function durationField(source: unknown, path: Path): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m)?$/.exec(String(source)) ?? [];
  const factor = unit === 'm' ? 60_000 : unit === 's' ? 1_000 : 1;
  const duration = Number(digits) * factor;
  if (duration >= 100 && duration <= 2 ** 31 - 1) return duration;
  throw new TemplateFault(
    path,
    `'${String(source)}' is no duration`,
    'Write it like 25s or 500ms; 100ms is the least.',
  );
}

/** One of these words; the first if it is not given. */
export function wordField<Word extends string>(source: unknown, path: Path, words: readonly Word[], usual: Word): Word {
  if (source === undefined || source === null) return usual;
  const found = words.find((word) => word === source);
  if (found !== undefined) return found;
  const near = typeof source === 'string' ? nearest(source, words) : undefined;
  const hint = `There are ${words.join(', ')}.${near === undefined ? '' : ` Did you mean '${near}'?`}`;
  throw new TemplateFault(path, `there is no '${String(source)}' here`, hint);
}

/** An object with text in it. */
export function textsField(source: unknown, path: Path): Readonly<Record<string, string>> {
  if (source === undefined || source === null) return {};
  if (!isObject(source)) throw new TemplateFault(path, 'this is no object', 'Write it as name: text.');
  const entries = Object.entries(source).map(([key, value]) => [key, textField(value, [...path, key]) ?? ''] as const);
  return Object.fromEntries(entries);
}
