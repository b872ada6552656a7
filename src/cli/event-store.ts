/**
 * The events of a session of any size. Small ones are kept; beyond that it is only kept where each is: in the file it was
 * read from, if its line there holds exactly it, else in a temporary file, which only its owner may read and which goes
 * with the process. A read event is remembered for a while.
 */
import { setFlagsFromString } from 'node:v8';
import type { SignalEvent } from '../core/event.ts';
import type { EventList } from '../core/event-list.ts';
import { sliceOf } from '../core/event-view.ts';
import { createRecent } from '../core/recent.ts';
import { createSpool, type LinePlace, openLines } from './stored-lines.ts';

export interface EventStore extends EventList {
  /** `place`: where its own line is in the source. */
  push(event: SignalEvent, place?: LinePlace): void;
  /** Events cannot be read any more. */
  close(): void;
}

export interface StoreOptions {
  /** The files the events come from, unpacked. */
  readonly source?: readonly string[];
  /** Characters of text that are kept in memory. */
  readonly kept?: number;
}

/** Small sessions are faster from memory; this is little beside the program. */
const KEPT = 32 * 1024 * 1024;
/** Up to these the engine's own ways with what lives long, and with garbage, cost less than to have them changed. */
const [LITTLE, SMALL] = [256 * 1024, 2 * 1024 * 1024];
/** Characters of events that were read again and are remembered. */
const REMEMBERED = 8 * 1024 * 1024;
/** The same of events that have just come: few, because the engine moves about what outlives its garbage. */
const FRESH = 1024 * 1024;
/** Percent by which the heap may grow before garbage is looked for. */
const GROWTH = 30;

export function createEventStore({ source, kept = KEPT }: StoreOptions = {}): EventStore {
  let inMemory: SignalEvent[] | undefined = [];
  /** Of the events in memory. */
  let places: (LinePlace | undefined)[] = [];
  let characters = 0;
  let length = 0;
  /** Offsets in the source count from 0, those in the temporary file down from -1. */
  let [offsets, lengths] = [new Float64Array(1024), new Uint32Array(1024)];
  const [fresh, again] = [createRecent<number, SignalEvent>(FRESH), createRecent<number, SignalEvent>(REMEMBERED)];
  const known = (index: number): SignalEvent | undefined => fresh.get(index) ?? again.get(index);
  const [lines, spool] = [openLines(source ?? []), createSpool()];

  function note(at: number, size: number): void {
    if (length === offsets.length) {
      [offsets, lengths] = [grown(offsets, new Float64Array(length * 2)), grown(lengths, new Uint32Array(length * 2))];
    }
    offsets[length] = at;
    lengths[length] = size;
    length += 1;
  }

  function put(event: SignalEvent, place: LinePlace | undefined): void {
    if (place !== undefined) note(place.at, place.length);
    else {
      const written = spool.append(Buffer.from(JSON.stringify(event)));
      note(-1 - written.at, written.length);
    }
    fresh.set(length - 1, event, weightOf(event));
  }

  /** Too much by now: from here on only places are kept. */
  function letGo(): void {
    const events = inMemory ?? [];
    inMemory = undefined;
    for (const [index, event] of events.entries()) put(event, places[index]);
    places = [];
  }

  function lineAt(index: number): string {
    const [at, size] = [offsets[index] ?? 0, lengths[index] ?? 0];
    return at >= 0 ? lines.read(at, size) : spool.read(-1 - at, size);
  }

  function read(index: number): SignalEvent {
    const there = known(index);
    if (there !== undefined) return there;
    const event = parsed(lineAt(index), index + 1);
    again.set(index, event, weightOf(event));
    return event;
  }

  const store: EventStore = {
    get length() {
      return inMemory?.length ?? length;
    },
    push(event, place) {
      if (inMemory === undefined) {
        put(event, place);
        return;
      }
      inMemory.push(event);
      places.push(place);
      const weight = weightOf(event);
      const before = characters;
      characters += weight;
      if (before < LITTLE && characters >= LITTLE) letDieYoung();
      if (before < SMALL && characters >= SMALL) growSlowly();
      if (characters > kept) letGo();
    },
    at(index) {
      const place = index < 0 ? store.length + index : index;
      if (inMemory !== undefined) return inMemory[place];
      return place >= 0 && place < length ? read(place) : undefined;
    },
    line: (index) =>
      inMemory !== undefined || index < 0 || index >= length || known(index) !== undefined ? undefined : lineAt(index),
    slice: (start, end) => inMemory?.slice(start, end) ?? sliceOf(length, read, start, end),
    some(is) {
      for (const event of store) if (is(event)) return true;
      return false;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < store.length; index += 1) yield store.at(index) as SignalEvent;
    },
    close() {
      lines.close();
      spool.close();
    },
  };
  return store;
}

/**
 * What is parsed of a description is kept for some of them and garbage at once for most. The engine has an eye on where
 * objects come from that are kept, and makes all that come from there old from the start: then that garbage has to be looked
 * for among everything, and keeps more of it alive. Without that, parsing one after the other costs half as much.
 */
export function letDieYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

/**
 * Left to itself the engine lets garbage grow to several times what is in use before it looks for it, where the machine has
 * the memory: a large recording would take gigabytes that it does not need. It costs some time instead.
 */
function growSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** What keeping it costs, roughly, in characters. */
export function weightOf(event: SignalEvent): number {
  if (event.kind !== 'message') return 200;
  return event.signals.reduce((sum, signal) => sum + ('sdp' in signal ? signal.sdp.length : 200), event.raw.length);
}

/** A file may change while it is looked at; what was there is told as gone. */
function parsed(text: string, seq: number): SignalEvent {
  try {
    const { schema: _, ...event } = JSON.parse(text) as SignalEvent & { schema?: unknown };
    return event;
  } catch {
    const detail = `event ${seq} is not in the file any more: it has been changed since it was opened`;
    return { seq, t: 0, from: '', to: '', kind: 'problem', code: 'INPUT_CHANGED', detail };
  }
}
