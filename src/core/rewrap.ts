/**
 * Puts another description or candidate into a frame in place of the one that stands there, whatever is around it: the
 * text is looked for as it is, and as JSON writes it, also inside JSON strings inside JSON.
 */

/** How many times JSON may stand in JSON. */
const MAX_DEPTH = 4;
/** How much may stand before JSON in a text frame. */
const MAX_PREFIX = 64;

/** The frame with `after` where `before` was; undefined if `before` is not found in it. */
export function rewrap(frame: string, before: string, after: string): string | undefined {
  if (before === '') return undefined;
  let [written, instead] = [before, after];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const at = frame.indexOf(written);
    if (at >= 0) return frame.slice(0, at) + instead + frame.slice(at + written.length);
    written = inner(written);
    instead = inner(instead);
  }
  return rewritten(frame, before, after);
}

/** As it stands between the quotes of a JSON string. */
const inner = (text: string): string => JSON.stringify(text).slice(1, -1);

/** For writers with escapes of their own (`\/`, `\u003d`): the JSON is written anew. */
function rewritten(frame: string, before: string, after: string): string | undefined {
  const start = frame.slice(0, MAX_PREFIX).search(/[[{"]/);
  if (start < 0) return undefined;
  const json = parse(frame.slice(start));
  if (json === undefined) return undefined;
  let done = false;
  const put = (value: unknown, depth: number): unknown => {
    if (done || depth > 16) return value;
    if (value === before) {
      done = true;
      return after;
    }
    if (typeof value === 'string') return nested(value, depth) ?? value;
    if (Array.isArray(value)) return value.map((item) => put(item, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, put(item, depth + 1)]));
  };
  const nested = (text: string, depth: number): string | undefined => {
    const value = /^\s*[[{"]/.test(text) ? parse(text) : undefined;
    if (value === undefined) return undefined;
    const next = put(value, depth + 1);
    return done ? JSON.stringify(next) : undefined;
  };
  const next = put(json, 0);
  return done ? frame.slice(0, start) + JSON.stringify(next) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
