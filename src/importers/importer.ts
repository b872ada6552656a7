/** A foreign format renego reads. One file each; the list is in index.ts. */
import type { Draft, SessionHeader, SignalEvent } from '../core/event.ts';
import type { JsonLine } from '../session/lines.ts';

/** What a file held. Events of our own format keep their stamps; drafts of foreign formats are stamped by the reader. */
export interface Imported {
  readonly format: string;
  readonly header: SessionHeader;
  readonly events: readonly SignalEvent[];
}

/** A draft that has its number already: line n of a line format is event n. */
export type NumberedDraft = Draft & { readonly seq?: number };

export interface Importer {
  /** `session`, `transcript`, `har`, …: what `import:` in a header names. */
  readonly name: string;
  readonly title: string;
  /** How sure, 0 to 1, by content (never by file name). `head` is at most the first 64 KiB. */
  sniff(head: string): number;
  /** Never throws for a damaged line: it becomes a `problem` event. Throws RenegoError `input` if nothing can be read. */
  read(text: string): { readonly header: Partial<SessionHeader>; readonly drafts: readonly NumberedDraft[] };
  readonly example: string;
}

/** A line that could not be read, kept at its place. */
export function lineProblem(line: JsonLine, what: string): Draft {
  const detail = `line ${line.number} ${what}`;
  return { from: '', to: '', kind: 'problem', code: 'INPUT_LINE', detail, raw: line.text };
}

/** Beyond this a `t` counts from 1970, not from the start: some three years of milliseconds. */
const EPOCH = 1e11;

/** When a capture began, from the times it states: as a date, and as what to subtract from each. */
export function startOf(times: readonly unknown[]): { readonly startedAt: string; readonly epoch: number } {
  const first = times.find((t) => typeof t === 'number' && Number.isFinite(t));
  const epoch = typeof first === 'number' && first > EPOCH && first < 8e15 ? first : 0;
  return { startedAt: new Date(epoch).toISOString(), epoch };
}
