/** A session as a whole: its events and what they mean. */
import { RenegoError } from '../core/errors.ts';
import type { SignalEvent } from '../core/event.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import type { Imported } from '../importers/importer.ts';
import { openInput, readEvents } from './input.ts';
import type { Io } from './io.ts';

export interface Loaded extends Imported {
  /** As given, without `#N`. */
  readonly path: string;
  /** The event named by `#N`. */
  readonly event: number | undefined;
  readonly model: Model;
}

/** Reads a session. Throws RenegoError `input` for what cannot be read, and for an event that is not in it. */
export async function load(source: string, io: Io): Promise<Loaded> {
  const input = openInput(source, io);
  const { path, event } = input;
  const model = emptyModel();
  const events: SignalEvent[] = [];
  const { format, header } = await readEvents(input, (one) => {
    events.push(one);
    reduce(model, one);
  });
  const imported = { format, header: header(), events };
  if (event !== undefined) eventIn(imported, event, path);
  return { ...imported, path, event, model };
}

/** The event with that number. Throws RenegoError `input`/`NO_SUCH_EVENT`. */
export function eventIn({ events }: Pick<Imported, 'events'>, seq: number, path: string): SignalEvent {
  const found = events.find((event) => event.seq === seq);
  if (found !== undefined) return found;
  throw noSuchEvent(seq, path, [events[0]?.seq, events.at(-1)?.seq]);
}

export function noSuchEvent(seq: number, path: string, [first, last]: readonly (number | undefined)[]): RenegoError {
  const hint = first === undefined ? 'It holds no events.' : `It holds events ${first} to ${last}.`;
  return new RenegoError('input', 'NO_SUCH_EVENT', `${path} has no event ${seq}`, hint);
}
