/** Where the events of the screen come from: one recording, as it is read. */
import { statSync } from 'node:fs';
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import type { EventList } from '../core/event-list.ts';
import { createEventStore } from './event-store.ts';
import { type Input, readEvents } from './input.ts';

export interface Feed {
  /** Those that have been read so far. */
  readonly events: EventList;
  /** As far as it is known; whole when all is read. */
  header(): SessionHeader | undefined;
  /** `put` sees each event when it is in the list; `between` is awaited now and then. Once. Throws RenegoError `input`. */
  read(put: (event: SignalEvent) => void, between: () => Promise<void> | undefined): Promise<void>;
  /** How much of it has been read, 0 to 1; undefined if nobody knows. */
  done(): number | undefined;
  /** Puts an event of nobody's behind the others. */
  push(event: SignalEvent): void;
}

export function feedOf(input: Input): Feed {
  const events = createEventStore({ source: input.files });
  let header: () => SessionHeader | undefined = () => undefined;
  const size = sizeOf(input);
  let at = 0;
  return {
    events,
    header: () => header(),
    async read(put, between) {
      await readEvents(
        input,
        (event, place) => {
          events.push(event, place);
          if (place !== undefined) at = place.at + place.length;
          put(event);
        },
        (progress) => {
          header = progress.header;
          return between();
        },
      );
    },
    done: () => (at > 0 ? at / size : undefined),
    push: (event) => events.push(event),
  };
}

/** Bytes; 0 for standard input. */
const sizeOf = ({ files }: Input): number =>
  files.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
