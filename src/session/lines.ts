/** Splits a line format into its lines, numbered from 1, each read as JSON, however the text is cut into pieces. */

export interface JsonLine {
  readonly number: number;
  readonly text: string;
  /** Undefined if the line is no JSON object. */
  readonly object: Readonly<Record<string, unknown>> | undefined;
  /** The last line, without a line end: it may have been cut while it was written. */
  readonly last: boolean;
  /** Longer than any message: `text` is only its beginning. */
  readonly tooLong?: true;
  /** JSON, but nested deeper than anything that can be written again. */
  readonly tooDeep?: true;
}

export interface LineReader {
  /** The next piece of the text. */
  write(text: string): void;
  /** Nothing more will come: what stands behind the last line end is the last line. */
  end(): void;
}

/** Characters of a line that are read: longer than any message, so that a file without line ends needs no more memory. */
export const LONGEST_LINE = 64 * 1024 * 1024;
/** Characters of a longer line that are kept to show what it is. */
const KEPT = 1000;

/** All lines that are not blank. A byte order mark and carriage returns are no part of them. */
export function createLineReader(put: (line: JsonLine) => void, longest = LONGEST_LINE): LineReader {
  let number = 0;
  let begun = '';
  let tooLong = false;

  function add(piece: string): void {
    if (tooLong) return;
    begun += piece;
    if (begun.length <= longest) return;
    tooLong = true;
    begun = begun.slice(0, KEPT);
  }

  function finish(last: boolean): void {
    const [raw, long] = [begun, tooLong];
    number += 1;
    begun = '';
    tooLong = false;
    const line = raw.slice(number === 1 && raw.startsWith('\ufeff') ? 1 : 0, raw.endsWith('\r') ? -1 : undefined);
    if (long) put({ number, text: line, object: undefined, last, tooLong: true });
    else if (line.trim() !== '') put({ number, text: line, last, ...readObject(line) });
  }

  return {
    write(text) {
      let start = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        add(text.slice(start, end));
        finish(false);
        start = end + 1;
      }
      if (start < text.length) add(text.slice(start));
    },
    end() {
      if (begun !== '') finish(true);
    },
  };
}

/** Levels of a line: those of real ones are a dozen, and a few thousand are more than the stack holds. */
export const DEEPEST = 200;

function readObject(text: string): Pick<JsonLine, 'object' | 'tooDeep'> {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return { object: undefined };
    return isDeeper(value, DEEPEST) ? { object: undefined, tooDeep: true } : { object: value };
  } catch {
    return { object: undefined };
  }
}

function isDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true;
  for (const one of Object.values(value) as unknown[])
    if (typeof one === 'object' && one !== null && isDeeper(one, levels - 1)) return true;
  return false;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object, neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
