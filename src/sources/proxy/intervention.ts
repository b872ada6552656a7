/** What a gate is told and what it says, as data. */
import type { Action, Draft, Millis } from '../../core/event.ts';
import type { Matcher } from '../../core/matcher.ts';
import type { Message } from './message-reader.ts';
import type { Outlet } from './outlet.ts';

/** What is done to messages that match: from the command line or from a key. */
export interface Intervention {
  readonly match: Matcher;
  /** As the user wrote it, for the log. */
  readonly text: string;
  /** It has met a message that it means. */
  readonly acted?: () => void;
  readonly hold?: boolean;
  readonly drop?: boolean;
  readonly duplicate?: boolean;
  /** Milliseconds. */
  readonly delay?: number;
  /** Those behind it do not wait for it. */
  readonly alone?: boolean;
  /** The frame to send instead; undefined if there is nothing to change. */
  readonly edit?: (draft: MessageDraft) => string | undefined;
}

export type MessageDraft = Extract<Draft, { kind: 'message' }>;

export type GateOutput =
  | { readonly do: 'send'; readonly bytes: readonly Buffer[] }
  /** `item`: tell the event's number by `known`. */
  | { readonly do: 'tell'; readonly draft: Draft; readonly item?: number }
  /** Call `woken` with this id after that many milliseconds. */
  | { readonly do: 'wake'; readonly id: string; readonly after: number };

/** A message as it is sent and as it is told. */
export interface Content {
  readonly binary: boolean;
  readonly data: Buffer;
  readonly draft: MessageDraft;
}

export interface Held extends Content {
  /** Its number in the log. */
  readonly seq: number;
}

export interface Gate {
  /** A message has come in. */
  offer(message: Message, draft: MessageDraft): GateOutput[];
  /** One that could not be read passes as it is. */
  pass(raw: readonly Buffer[], counted: boolean): GateOutput[];
  known(item: number, seq: number): void;
  woken(id: string): GateOutput[];
  /** While somebody works on what is held it does not go by itself, and has its whole time when they have done. */
  attend(seq: number, busy: boolean): GateOutput[];
  /** What is held by a key or `--hold`, oldest first. */
  readonly held: readonly Held[];
  letGo(seq: number, why?: string): GateOutput[];
  drop(seq: number): GateOutput[];
  duplicate(seq: number): GateOutput[];
  /** Goes in so many milliseconds, and those behind it after it. */
  delay(seq: number, time: number): GateOutput[];
  /** Stays held, and lets those behind it pass. */
  reorder(seq: number): GateOutput[];
  /** Stays held. */
  edit(seq: number, content: Content, action: Action): GateOutput[];
  inject(content: Content, action: Action): GateOutput[];
  /** Everything that waits goes out in order. */
  release(why: string): GateOutput[];
  /** Nothing waits. */
  readonly empty: boolean;
}

export interface GateOptions {
  /** In force now; may change. */
  readonly interventions: () => readonly Intervention[];
  /** Four random bytes, for what goes to a server. */
  readonly mask: (() => Buffer) | undefined;
  /** The way out, where it is no WebSocket. */
  readonly outlet?: Outlet;
  readonly out: boolean;
  /** Reads a message that was changed. */
  readonly decode: (data: Buffer, binary: boolean) => MessageDraft;
  /** Milliseconds a held message waits at most when nobody acts. */
  readonly patience: number;
  /** Milliseconds of the session. */
  readonly elapsed: () => Millis;
}
