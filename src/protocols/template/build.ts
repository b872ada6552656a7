/** Writes a value with a pattern: variables are replaced by what `lookup` knows under their names. */
import { gzip, toBase64, utf8 } from './bytes.ts';
import type { Entry, Pattern } from './pattern.ts';

export type Lookup = (name: string) => unknown;

/** A variable without a value. */
export class Missing extends Error {
  readonly variable: string;

  constructor(variable: string) {
    super(`{{${variable}}} has no value`);
    this.name = 'Missing';
    this.variable = variable;
  }
}

/** Throws Missing if a variable that is not optional has no value. */
export function build(pattern: Pattern, lookup: Lookup): unknown {
  switch (pattern.is) {
    case 'literal':
      return pattern.value;
    case 'hole': {
      const value = lookup(pattern.name);
      if (value === undefined && !pattern.optional) throw new Missing(pattern.name);
      return value;
    }
    case 'text':
      return pattern.parts.map((part) => (typeof part === 'string' ? part : inText(part.name, lookup))).join('');
    case 'object':
      return buildObject(pattern.entries, lookup);
    case 'array':
      return buildArray(pattern.items, lookup);
    case 'json':
      return JSON.stringify(build(pattern.inner, lookup));
    case 'base64':
      return toBase64(bytesOf(build(pattern.inner, lookup)));
    case 'gzip':
      return gzip(bytesOf(build(pattern.inner, lookup)));
    case 'any':
      return pattern.of[0] && build(pattern.of[0], lookup);
    case 'each':
      return [build(pattern.item, lookup)];
    case 'keys':
      return { [String(build(pattern.item, lookup))]: {} };
  }
}

/** Undefined instead of an error. */
export function tryBuild(pattern: Pattern, lookup: Lookup): unknown {
  try {
    return build(pattern, lookup);
  } catch (thrown) {
    if (thrown instanceof Missing) return undefined;
    throw thrown;
  }
}

function inText(name: string, lookup: Lookup): string {
  const value = lookup(name);
  if (value === undefined) throw new Missing(name);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Keys whose optional variable has no value are left out. */
function buildObject(entries: readonly Entry[], lookup: Lookup): Record<string, unknown> {
  const built = entries.map(({ key, name, pattern }) => {
    return [name === undefined ? key : inText(name, lookup), build(pattern, lookup)] as const;
  });
  return Object.fromEntries(built.filter(([, value]) => value !== undefined));
}

/** Missing items at the end are left out; between others they are null. */
function buildArray(items: readonly Pattern[], lookup: Lookup): unknown[] {
  const built = items.map((item) => build(item, lookup));
  const last = built.findLastIndex((value) => value !== undefined);
  return built.slice(0, last + 1).map((value) => value ?? null);
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return utf8(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}
