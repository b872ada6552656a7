/** Reads a value with a pattern: literals must be there, variables take what stands in their place, the rest is ignored. */
import { isObject, parseJson } from '../json.ts';
import { fromBase64, gunzip, textOf } from './bytes.ts';
import type { Entry, Pattern } from './pattern.ts';

export interface Match {
  readonly values: ReadonlyMap<string, unknown>;
  /** What an `$each` or `$keys` found, one for each item. */
  readonly each?: readonly ReadonlyMap<string, unknown>[];
}

/** More items than any list of peers or candidates has. */
const MAX_ITEMS = 1_000;

interface Draft {
  readonly values: Map<string, unknown>;
  each?: ReadonlyMap<string, unknown>[];
}

/** Undefined if the value is not like the pattern. Never throws. */
export function match(pattern: Pattern, value: unknown): Match | undefined {
  const draft: Draft = { values: new Map() };
  return fits(pattern, value, draft) ? draft : undefined;
}

function fits(pattern: Pattern, value: unknown, draft: Draft): boolean {
  switch (pattern.is) {
    case 'literal':
      return value === pattern.value;
    case 'hole':
      return bind(draft, pattern.name, value, pattern.optional);
    case 'text':
      return typeof value === 'string' && fitsText(pattern.parts, value, draft);
    case 'object':
      return fitsObject(pattern.entries, value, draft);
    case 'array':
      return fitsArray(pattern.items, value, draft);
    case 'json':
    case 'base64':
    case 'gzip': {
      const inner = unwrap(pattern.is, value);
      return inner !== undefined && fits(pattern.inner, inner, draft);
    }
    case 'any':
      return pattern.of.some((one) => fitsAlone(one, value, draft));
    case 'each':
      return Array.isArray(value) && collect(pattern.item, value, draft);
    case 'keys':
      return isObject(value) && collect(pattern.item, Object.keys(value), draft);
  }
}

/** What these variables stand for: anything else in their place is another message. */
const TAKES: Readonly<Record<string, (value: unknown) => boolean>> = {
  sdp: (value) => typeof value === 'string',
  desc: isObject,
  ice: (value) => value === null || typeof value === 'string' || isObject(value),
  candidate: (value) => typeof value === 'string',
};

/** A variable that stands twice must be the same twice. */
function bind(draft: Draft, name: string, value: unknown, optional: boolean): boolean {
  if (value === undefined) return optional;
  if (Object.hasOwn(TAKES, name) && !TAKES[name]?.(value)) return false;
  if (draft.values.has(name)) return same(draft.values.get(name), value);
  draft.values.set(name, value);
  return true;
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** Left to right, each variable as short as the text after it allows, the last as long as it can be. */
function fitsText(parts: readonly (string | { readonly name: string })[], value: string, draft: Draft): boolean {
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      if (!value.startsWith(part, at)) return false;
      at += part.length;
      continue;
    }
    const after = parts[index + 1];
    const isLast = index + 2 === parts.length;
    const end =
      typeof after !== 'string' ? value.length : isLast ? value.length - after.length : value.indexOf(after, at);
    if (end < at || !bind(draft, part.name, value.slice(at, end), false)) return false;
    at = end;
  }
  return at === value.length;
}

function fitsObject(entries: readonly Entry[], value: unknown, draft: Draft): boolean {
  if (!isObject(value)) return false;
  return entries.every(({ key, name, pattern }) => {
    if (name !== undefined) return fitsSomeKey(name, pattern, value, draft);
    return fits(pattern, Object.hasOwn(value, key) ? value[key] : undefined, draft);
  });
}

/** The first key whose value is like the pattern. */
function fitsSomeKey(name: string, pattern: Pattern, value: Record<string, unknown>, draft: Draft): boolean {
  return Object.keys(value)
    .slice(0, MAX_ITEMS)
    .some((key) => {
      const keyed: Pattern = { is: 'array', items: [{ is: 'hole', name, optional: false }, pattern] };
      return fitsAlone(keyed, [key, value[key]], draft);
    });
}

/** What is optional at the end may be missing; what comes after the pattern is ignored. */
function fitsArray(items: readonly Pattern[], value: unknown, draft: Draft): boolean {
  return Array.isArray(value) && items.every((item, index) => fits(item, value[index], draft));
}

/** A try that fails leaves nothing behind. */
function fitsAlone(pattern: Pattern, value: unknown, draft: Draft): boolean {
  const attempt: Draft = { values: new Map(draft.values), ...(draft.each && { each: [...draft.each] }) };
  if (!fits(pattern, value, attempt)) return false;
  for (const [name, found] of attempt.values) draft.values.set(name, found);
  if (attempt.each) draft.each = attempt.each;
  return true;
}

/** Items that are not like the pattern are passed over. */
function collect(item: Pattern, list: readonly unknown[], draft: Draft): boolean {
  const found = list.slice(0, MAX_ITEMS).flatMap((value) => match(item, value)?.values ?? []);
  draft.each = [...(draft.each ?? []), ...found];
  return true;
}

/** What is inside of it; undefined if it is not wrapped in that way. */
function unwrap(how: 'json' | 'base64' | 'gzip', value: unknown): unknown {
  if (how !== 'json') {
    const bytes = how === 'base64' ? base64Bytes(value) : value instanceof Uint8Array ? gunzip(value) : undefined;
    return bytes && (textOf(bytes) ?? bytes);
  }
  const text = value instanceof Uint8Array ? textOf(value) : value;
  return typeof text === 'string' ? parseJson(text) : undefined;
}

const base64Bytes = (value: unknown): Uint8Array | undefined =>
  typeof value === 'string' ? fromBase64(value) : undefined;
