/** Reads fields of plain values; what is wrong is thrown with its path. */
import type { Millis } from '../core/event.ts';
import { nearest } from '../core/nearest.ts';
import { isObject } from '../protocols/json.ts';
import { type Path, TemplateFault } from '../protocols/template/fault.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function object(value: unknown, path: Path, what: string): Fields {
  if (isObject(value)) return value;
  throw new TemplateFault(path, `${what} is no object`, 'Write it as key: value.');
}

export function list(value: unknown, path: Path, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateFault(path, `${what} is no list`, 'Write each on a line of its own, after - .');
}

export function text(value: unknown, path: Path): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new TemplateFault(path, 'here has to be a text', 'Put it into quotes.');
}

export function flag(value: unknown, path: Path): boolean {
  if (typeof value === 'boolean') return value;
  throw new TemplateFault(path, 'here has to be true or false', 'Write true or false, without quotes.');
}

export function oneOf<T extends string>(value: unknown, path: Path, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw new TemplateFault(path, `there is no '${String(value)}' here`, hintOf(String(value), known));
}

/** Throws for the first key that is not known. */
export function onlyKeys(fields: Fields, path: Path, known: readonly string[]): void {
  const wrong = Object.keys(fields).find((key) => !known.includes(key));
  if (wrong === undefined) return;
  throw new TemplateFault([...path, wrong], `there is no '${wrong}' here`, hintOf(wrong, known), true);
}

/** What `read` gives; its error is told at this place. */
export function worded<T>(path: Path, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof TemplateFault) throw thrown;
    const { message, hint } = thrown as Error & { readonly hint?: string };
    throw new TemplateFault(
      path,
      message.replace(/^(?:--do|scenario|time): /, ''),
      hint ?? 'Write it as the command line has it.',
    );
  }
}

export function time(value: unknown, path: Path, duration: (text: string) => Millis): Millis {
  return worded(path, () => duration(text(value, path)));
}

function hintOf(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `There are ${known.join(', ')}.` : `Did you mean '${near}'?`;
}
