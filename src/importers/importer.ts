/** A foreign format renego reads. One file each; the list is in index.ts. */
import { RenegoError } from '../core/errors.ts';
import type { Draft, SessionHeader, SignalEvent } from '../core/event.ts';
import { DEEPEST, type JsonLine, LONGEST_LINE } from '../session/lines.ts';

/** What a file held. Events of our own format keep their stamps; drafts of foreign formats are stamped by the reader. */
export interface Imported {
  readonly format: string;
  readonly header: SessionHeader;
  readonly events: readonly SignalEvent[];
}

/** A draft that has its number already: line n of a line format is event n. */
export type NumberedDraft = Draft & { readonly seq?: number };

/** `asWritten`: the line of the file that was read last holds exactly this event. */
export type Put = (draft: NumberedDraft, asWritten?: boolean) => void;

/** A file of any size, read piece by piece: what is certain is put out at once, the rest as late as at the end. */
export interface Reading {
  /** The next piece of the text, cut anywhere. Throws RenegoError `input` if nothing behind it can be read. */
  write(text: string): void;
  /**
   * Nothing more will come. What is only put out then, if it may be much, is put out while the result is gone through.
   * Throws RenegoError `input` if nothing could be read.
   */
  end(): Iterable<unknown> | undefined;
  /** As far as it is known; whole after `end`. */
  header(): Partial<SessionHeader>;
}

/** Where a text was put. */
export interface SpoolPlace {
  readonly at: number;
  readonly length: number;
}

/** Texts that wait until all is read. */
export interface Spool {
  add(text: string): SpoolPlace;
  read(place: SpoolPlace): string;
}

/** Where there is no disk. */
export function memorySpool(): Spool {
  const texts: string[] = [];
  return { add: (text) => ({ at: texts.push(text) - 1, length: text.length }), read: ({ at }) => texts[at] ?? '' };
}

export interface Importer {
  /** `session`, `transcript`, `har`, …: what `import:` in a header names. */
  readonly name: string;
  readonly title: string;
  /** How sure, 0 to 1, by content (never by file name). `head` is at most the first 64 KiB. */
  sniff(head: string): number;
  /** Begins to read a text. A damaged line is no error: it becomes a `problem` event. */
  open(put: Put, spool?: Spool): Reading;
  /** Its drafts are events: stamped, numbers and times growing. */
  readonly stamped?: true;
  readonly example: string;
}

/** Characters of a format that can only be read as a whole. */
const LARGEST_WHOLE = 64 * 1024 * 1024;

/** For formats that are small by nature: the text is collected, and read at its end. */
export function readWhole(
  read: (text: string) => { readonly header: Partial<SessionHeader>; readonly drafts: readonly NumberedDraft[] },
): Importer['open'] {
  return (put) => {
    let text = '';
    let header: Partial<SessionHeader> = {};
    return {
      write(piece) {
        if (text.length + piece.length > LARGEST_WHOLE) throw tooLarge();
        text += piece;
      },
      end() {
        const imported = read(text);
        header = imported.header;
        for (const draft of imported.drafts) put(draft);
      },
      header: () => header,
    };
  };
}

function tooLarge(): RenegoError {
  const message = `A text of more than ${LARGEST_WHOLE / 1024 / 1024} MB without lines of JSON cannot be read.`;
  return new RenegoError('input', 'TOO_LARGE', message, 'Cut it down to the part of interest.');
}

/** A line that could not be read, kept at its place. */
export function lineProblem(line: JsonLine, what: string): Draft {
  const long = `is longer than ${LONGEST_LINE / 1024 / 1024} MB; only its beginning is kept`;
  const deep = `is nested more than ${DEEPEST} levels deep`;
  const detail = `line ${line.number} ${line.tooLong ? long : line.tooDeep ? deep : what}`;
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
