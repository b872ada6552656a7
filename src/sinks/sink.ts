/** A sink takes in what happens while it happens: a recording, JSON lines, text. The list is in the cli's pipeline. */
import type { SignalEvent } from '../core/event.ts';
import type { Model } from '../core/model.ts';
import type { Finding } from '../rules/rule.ts';

export interface Sink {
  /** The model already includes the event. */
  accept(event: SignalEvent, model: Model): void;
  /** An event that is one of too many to be kept: it is in no model. */
  passed?(event: SignalEvent): void;
  /** Something was found at the event accepted last, or by time passing. Told after the event. */
  found?(finding: Finding): void;
  /** The session is over; `reason` as in the session format. Called once, nothing comes after it. */
  close(reason: string): void;
}

/** Puts text out, verbatim. Never throws. */
export type Write = (text: string) => void;
