/** JSON files that may have been cut while they were saved: what stands before the cut is read all the same. */
import { RenegoError } from '../core/errors.ts';
import type { Draft } from '../core/event.ts';

export interface WholeOrCut {
  readonly value: unknown;
  /** Where the file breaks off, as an event; undefined if it is whole. */
  readonly problem: Draft | undefined;
}

/** Reads a JSON document. Throws RenegoError `input`/`INPUT_UNREADABLE` that names the place if it is damaged. Linear time. */
export function readWholeOrCut(text: string, title: string): WholeOrCut {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return { value: JSON.parse(json), problem: undefined };
  } catch (error) {
    const value = parseBeforeCut(json);
    const place = placeOf(json, error);
    if (value === undefined) {
      const message = `The ${title} is damaged at ${place}: it is not JSON there.`;
      throw new RenegoError(
        'input',
        'INPUT_UNREADABLE',
        message,
        'Save it again; a cut file can be read, a changed one cannot.',
      );
    }
    const detail = `the file breaks off at ${place}; what stands before was read`;
    return { value, problem: { from: '', to: '', kind: 'problem', code: 'INPUT_CUT', detail } };
  }
}

/** The document up to the last comma before the cut, with everything closed that is open there. */
function parseBeforeCut(text: string): unknown {
  const whole = scan(text, text.length);
  if (whole.closers.length === 0 || whole.comma < 0) return undefined;
  const { closers } = scan(text, whole.comma);
  try {
    return JSON.parse(text.slice(0, whole.comma) + closers.reverse().join(''));
  } catch {
    return undefined;
  }
}

interface Scan {
  /** What closes the objects and arrays that are open at the end. */
  readonly closers: string[];
  /** The last comma between members or elements; -1 if there is none. */
  readonly comma: number;
}

function scan(text: string, end: number): Scan {
  const closers: string[] = [];
  let comma = -1;
  for (let at = 0; at < end; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{') closers.push('}');
    else if (character === '[') closers.push(']');
    else if (character === '}' || character === ']') closers.pop();
    else if (character === ',') comma = at;
  }
  return { closers, comma };
}

/** The position of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') return at;
  }
  return text.length;
}

function placeOf(text: string, error: unknown): string {
  const stated = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  const at = Math.min(stated === undefined ? text.length : Number(stated), text.length);
  let [line, start] = [1, 0];
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', start)) {
    line += 1;
    start = next + 1;
  }
  return `line ${line}, column ${at - start + 1}`;
}
