/**
 * The renego session format: NDJSON, a header line, a line per event, an end line. One object a line, fixed key order.
 * Encoders return the line without its newline.
 */
import type { SessionHeader, SignalEvent } from '../core/event.ts';

/** The format this version writes, and the newest it reads. */
export const SESSION_FORMAT = 1;

/** The last line of a finished recording. */
export interface SessionEnd {
  readonly events: number;
  /** `user`, `closed`, `timeout`, … */
  readonly reason: string;
}

const HEADER_KEYS = ['format', 'tool', 'startedAt', 'source', 'url', 'parties', 'redacted'];

/** Stamp first, then the members of every kind in the order they are read best; what is foreign follows as it came. */
const EVENT_KEYS = [
  ...['seq', 't', 'kind', 'from', 'to', 'link', 'dir'],
  ...['protocol', 'encoding', 'raw', 'signals'],
  ...['pc', 'op', 'of', 'type', 'name', 'value', 'args', 'ok', 'error'],
  ...['change', 'url', 'code', 'reason', 'delay', 'action', 'text', 'detail', 'label'],
];

export function encodeHeader(header: SessionHeader): string {
  return JSON.stringify({ kind: 'session', ...ordered(header, HEADER_KEYS) });
}

export function encodeEvent(event: SignalEvent): string {
  return JSON.stringify(ordered(event, EVENT_KEYS));
}

export function encodeEnd(end: SessionEnd): string {
  return JSON.stringify({ kind: 'end', events: end.events, reason: end.reason });
}

/** A copy with the known keys first, in their order. Own properties only, whatever they are called. */
function ordered(object: object, keys: readonly string[]): object {
  const from = object as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  let left = Object.keys(object).length;
  for (const key of keys) {
    if (!Object.hasOwn(object, key)) continue;
    copy[key] = from[key];
    left -= 1;
  }
  return left === 0
    ? copy
    : Object.fromEntries([
        ...Object.entries(copy),
        ...Object.entries(object).filter(([key]) => !Object.hasOwn(copy, key)),
      ]);
}
