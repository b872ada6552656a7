/** A foreign format renego reads. One file each; the list is in index.ts. */
import type { Draft, SessionHeader, SignalEvent } from '../core/event.ts';

/** What a file held. Events of our own format keep their stamps; drafts of foreign formats are stamped by the reader. */
export interface Imported {
  readonly format: string;
  readonly header: SessionHeader;
  readonly events: readonly SignalEvent[];
}

export interface Importer {
  /** `session`, `transcript`, `frames`, `sdp`. */
  readonly name: string;
  readonly title: string;
  /** How sure, 0 to 1, by content (never by file name). `head` is at most the first 64 KiB. */
  sniff(head: string): number;
  /** Never throws for a damaged line: it becomes a `problem` event. Throws RenegoError `input` if nothing can be read. */
  read(text: string): { readonly header: Partial<SessionHeader>; readonly drafts: readonly (Draft & { readonly seq?: number })[] };
  readonly example: string;
}
