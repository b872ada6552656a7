/** A file that is written while its events come, in pieces of text. */
import type { SignalEvent } from '../../core/event.ts';

export interface EventWriter {
  /** What stands before the first event. */
  start(): string;
  event(event: SignalEvent): string;
  /** Nothing more will come: what was kept back, and what stands at the end. */
  end(): Iterable<string>;
}
