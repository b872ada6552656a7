/**
 * A message by example: plain JSON in which `{{name}}` stands for what changes. The same pattern reads a message
 * (`match.ts`) and writes one (`build.ts`).
 */
import { isObject } from '../json.ts';
import { type Path, TemplateFault } from './fault.ts';

export type Pattern =
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  /** `"{{name}}"` alone: any value, with its own type. */
  | { readonly is: 'hole'; readonly name: string; readonly optional: boolean }
  /** `"HELLO {{name}}"`: text around values. */
  | { readonly is: 'text'; readonly parts: readonly (string | { readonly name: string })[] }
  | { readonly is: 'object'; readonly entries: readonly Entry[] }
  | { readonly is: 'array'; readonly items: readonly Pattern[] }
  /** The value is text or bytes that hold another value. */
  | { readonly is: 'json' | 'base64' | 'gzip'; readonly inner: Pattern }
  /** Any of these is read; the first is written. */
  | { readonly is: 'any'; readonly of: readonly Pattern[] }
  /** A list, each item of which is one of several (peers, candidates). */
  | { readonly is: 'each'; readonly item: Pattern }
  /** An object whose keys are such a list. */
  | { readonly is: 'keys'; readonly item: Pattern };

/** `name`: a variable in the place of the key. */
export interface Entry {
  readonly key: string;
  readonly name?: string;
  readonly pattern: Pattern;
}

const HOLE = /\{\{\s*([A-Za-z_][\w.]*)(\?)?\s*\}\}/g;
const COMBINATORS = ['$json', '$base64', '$gzip', '$any', '$each', '$keys'];

/** Throws TemplateFault. */
export function compilePattern(source: unknown, path: Path): Pattern {
  if (typeof source === 'string') return compileText(source, path);
  if (Array.isArray(source)) {
    return { is: 'array', items: source.map((item, index) => compilePattern(item, [...path, index])) };
  }
  if (isObject(source)) return compileObject(source, path);
  if (source === null || typeof source === 'number' || typeof source === 'boolean') {
    return { is: 'literal', value: source };
  }
  throw new TemplateFault(
    path,
    'this is no JSON value',
    'Write text, a number, true, false, null, a list or an object.',
  );
}

function compileText(source: string, path: Path): Pattern {
  const holes = [...source.matchAll(HOLE)];
  const rest = source.replace(HOLE, '');
  if (rest.includes('{{') || rest.includes('}}')) {
    const hint = 'A variable is written {{name}}, or {{name?}} where it may be missing.';
    throw new TemplateFault(path, `'${source}' has braces that hold no variable`, hint);
  }
  const [only] = holes;
  if (only === undefined) return { is: 'literal', value: source };
  const [all, name = '', mark] = only;
  if (all === source) return { is: 'hole', name, optional: mark === '?' };
  const parts: (string | { name: string })[] = [];
  let at = 0;
  for (const { 0: text, 1: part = '', index } of holes) {
    if (index > at) parts.push(source.slice(at, index));
    else if (at > 0) {
      const hint = 'Put a separator between the two.';
      throw new TemplateFault(path, `nothing tells where one variable of '${source}' ends and the next begins`, hint);
    }
    parts.push({ name: part });
    at = index + text.length;
  }
  if (at < source.length) parts.push(source.slice(at));
  return { is: 'text', parts };
}

function compileObject(source: Record<string, unknown>, path: Path): Pattern {
  const keys = Object.keys(source);
  const special = keys.find((key) => key.startsWith('$'));
  if (special === undefined) {
    return { is: 'object', entries: keys.map((key) => compileEntry(key, source[key], [...path, key])) };
  }
  const at = [...path, special];
  if (!COMBINATORS.includes(special)) {
    const hint = `There are ${COMBINATORS.join(', ')}.`;
    throw new TemplateFault(at, `there is no '${special}'`, hint, true);
  }
  if (keys.length > 1) {
    throw new TemplateFault(at, `${special} stands alone in its object`, 'Move the other keys out of it.', true);
  }
  return combine(special, source[special], at);
}

function compileEntry(key: string, source: unknown, path: Path): Entry {
  const pattern = compilePattern(source, path);
  const name = key.includes('{{') ? compileText(key, path) : undefined;
  if (name === undefined) return { key, pattern };
  if (name.is === 'hole' && !name.optional) return { key, name: name.name, pattern };
  throw new TemplateFault(path, `'${key}' is no key`, 'A key is a word, or a single variable.', true);
}

function combine(name: string, source: unknown, path: Path): Pattern {
  if (name === '$any') {
    if (!Array.isArray(source) || source.length === 0) {
      throw new TemplateFault(
        path,
        '$any needs a list',
        'Write $any: [first, second]; the first is what renego sends.',
      );
    }
    return { is: 'any', of: source.map((item, index) => compilePattern(item, [...path, index])) };
  }
  const inner = compilePattern(source, path);
  if (name === '$each') return { is: 'each', item: inner };
  if (name === '$keys') return { is: 'keys', item: inner };
  return { is: name.slice(1) as 'json' | 'base64' | 'gzip', inner };
}

/** The patterns directly inside. */
function partsOf(pattern: Pattern): readonly Pattern[] {
  switch (pattern.is) {
    case 'object':
      return pattern.entries.map((entry) => entry.pattern);
    case 'array':
      return pattern.items;
    case 'any':
      return pattern.of;
    case 'each':
    case 'keys':
      return [pattern.item];
    case 'json':
    case 'base64':
    case 'gzip':
      return [pattern.inner];
    default:
      return [];
  }
}

/** The names of all variables in it. */
export function namesIn(pattern: Pattern): readonly string[] {
  if (pattern.is === 'hole') return [pattern.name];
  if (pattern.is === 'text') return pattern.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
  return [...keysOf(pattern), ...partsOf(pattern).flatMap(namesIn)];
}

const keysOf = (pattern: Pattern): readonly string[] =>
  pattern.is === 'object' ? pattern.entries.flatMap(({ name }) => name ?? []) : [];

/** Names that must have a value before it can be written: of `$any`, those of the first. */
export function needsOf(pattern: Pattern): readonly string[] {
  if (pattern.is === 'hole') return pattern.optional ? [] : [pattern.name];
  if (pattern.is === 'text') return namesIn(pattern);
  const parts = pattern.is === 'any' ? pattern.of.slice(0, 1) : partsOf(pattern);
  return [...keysOf(pattern), ...parts.flatMap(needsOf)];
}

/** How much of it is fixed: literals and keys. What a match of it is worth. */
export function weightOf(pattern: Pattern): number {
  const own = pattern.is === 'literal' ? 2 : pattern.is === 'text' ? 1 : 0;
  const keys = pattern.is === 'object' ? pattern.entries.length / 2 : 0;
  const parts = pattern.is === 'any' ? pattern.of.slice(0, 1) : partsOf(pattern);
  return own + keys + parts.reduce((sum, part) => sum + weightOf(part), 0);
}
