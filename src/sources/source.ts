/** Where events come from: a live peer, later a proxy, a replay, a browser. */
import type { Action, Draft, PcId } from '../core/event.ts';

/** How a source ended. `code` is the exit code it asks for. */
export interface SourceEnd {
  readonly reason: string;
  readonly code: 0 | 3;
}

/** A message that a proxy holds, as it is edited. */
export interface HeldMessage {
  /** Its number in the log. */
  readonly seq: number;
  readonly text: string;
  /** The text is the description or candidate in it, or the whole frame. */
  readonly as: 'signal' | 'frame';
  /** The whole frame; JSON laid out to be read. */
  readonly frame: string;
  readonly what: string;
}

/** How something happened. */
export interface Telling {
  /** When, in milliseconds since 1970, if not just now. */
  readonly at?: number;
  /** One of more than can be listed: only what prints or records everything gets it. */
  readonly aside?: boolean;
}

/** Takes what happened; gives the number of the event it became, where that is known. */
export type Emit = (draft: Draft, telling?: Telling) => number | undefined;

export interface Source {
  /** Runs until the session is over or `signal` aborts; then everything is closed. Rejects with RenegoError only. */
  start(emit: Emit, signal: AbortSignal): Promise<SourceEnd>;
  /** Does it, or emits a problem that says why not. Never throws. */
  dispatch(action: Action): void;
  /** Why this action cannot be done now; undefined if it can. */
  refusal(action: Action): string | undefined;
  /** Why it cannot be done at any later time either; undefined if it can, or may. */
  never?(action: Action): string | undefined;
  /** What a page's connection is configured with, as JSON to edit. Rejects with a sentence if that cannot be told. */
  configuration?(pc: PcId | undefined): Promise<string>;
  /** What waits for somebody to let it go, oldest first. */
  held?(): readonly HeldMessage[];
  /** Why the process must not be stopped for a while (Ctrl-Z); undefined if it may be. */
  readonly stays?: string;
  /** Somebody works on that one: it does not go by itself until the function that is given back is called. */
  attend?(seq: number): () => void;
}
