/**
 * The events of a session in order. Those of a short one are an array; of a long one only where they are is in memory, and
 * each is read when it is asked for: whoever keeps events keeps their texts, so the model keeps their numbers.
 */
import type { SignalEvent } from './event.ts';

/** What an array of events is, as far as anybody needs it. */
export interface EventList extends Iterable<SignalEvent> {
  readonly length: number;
  /** The event at a place, from 0; negative ones count from the end. */
  at(index: number): SignalEvent | undefined;
  slice(start?: number, end?: number): readonly SignalEvent[];
  some(is: (event: SignalEvent) => boolean): boolean;
  /** The JSON that the event at a place is kept as, where reading it costs less than reading the event. */
  line?(index: number): string | undefined;
}
