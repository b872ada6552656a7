/** A session as a whole: its events, however many, and what they mean. */
import { RenegoError } from '../core/errors.ts';
import type { SignalEvent } from '../core/event.ts';
import { eventAt } from '../core/event-at.ts';
import type { EventList } from '../core/event-list.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import type { Imported } from '../importers/importer.ts';
import { createEventStore } from './event-store.ts';
import { openInput, readEvents } from './input.ts';
import type { Io } from './io.ts';

export interface Loaded extends Omit<Imported, 'events'> {
  /** As given, without `#N`. */
  readonly path: string;
  /** Those in which it was found; more than one if it was recorded with `--rotate`. */
  readonly files: readonly string[];
  /** The event named by `#N`. */
  readonly event: number | undefined;
  /** Of a large session each is read from its file when it is asked for. */
  readonly events: EventList;
  readonly model: Model;
}

/** Sees each event right after it went into the model. */
export type Watch = (model: Model, event: SignalEvent) => void;

/** Reads a session. Throws RenegoError `input` for what cannot be read, and for an event that is not in it. */
export async function load(source: string, io: Io, watch: Watch = () => {}): Promise<Loaded> {
  const input = openInput(source, io);
  const { path, event, files } = input;
  const events = createEventStore({ source: files });
  const model = emptyModel(events);
  const { format, header } = await readEvents(input, (one, place) => {
    events.push(one, place);
    reduce(model, one);
    watch(model, one);
  });
  if (event !== undefined) eventIn({ events }, event, path);
  return { format, header: header(), events, path, files, event, model };
}

/** The event with that number. Throws RenegoError `input`/`NO_SUCH_EVENT`. */
export function eventIn({ events }: Pick<Loaded, 'events'>, seq: number, path: string): SignalEvent {
  const found = eventAt(events, seq);
  if (found !== undefined) return found;
  throw noSuchEvent(seq, path, [events.at(0)?.seq, events.at(-1)?.seq]);
}

export function noSuchEvent(seq: number, path: string, [first, last]: readonly (number | undefined)[]): RenegoError {
  const hint = first === undefined ? 'It holds no events.' : `It holds events ${first} to ${last}.`;
  return new RenegoError('input', 'NO_SUCH_EVENT', `${path} has no event ${seq}`, hint);
}
