/** Splits a line format into its lines, numbered from 1, each read as JSON. */

export interface JsonLine {
  readonly number: number;
  readonly text: string;
  /** Undefined if the line is no JSON object. */
  readonly object: Readonly<Record<string, unknown>> | undefined;
  /** The last line, without a line end: it may have been cut while it was written. */
  readonly last: boolean;
}

/** All lines that are not blank. A byte order mark and carriage returns are no part of them. */
export function* jsonLines(text: string): Iterable<JsonLine> {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '') continue;
    yield { number: index + 1, text: line, object: readObject(line), last: index === lines.length - 1 };
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A JSON object, neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
