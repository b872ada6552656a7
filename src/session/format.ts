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
  const entries = new Map(Object.entries(object));
  const known = keys.filter((key) => entries.has(key)).map((key) => [key, entries.get(key)] as const);
  for (const [key] of known) entries.delete(key);
  return Object.fromEntries([...known, ...entries]);
}
