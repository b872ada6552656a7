/** The steps of a script: made of the events of a recording when they are asked for, so that it may be of any length. */
import type { HttpCarriage, MessageEvent, Millis, PartyId, Signal } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import { isUpkeep, packetsOf } from './engine-io.ts';
import type { Lane } from './lanes.ts';

export interface Step {
  /** The event of the recording. */
  readonly seq: number;
  readonly t: Millis;
  readonly lane: string;
  /** `say` is ours, `hear` is what the other end has to say. */
  readonly do: 'say' | 'hear';
  readonly raw: string;
  readonly encoding: 'text' | 'base64';
  readonly protocol: string;
  readonly from: PartyId;
  readonly signals: readonly Signal[];
  /** Of an HTTP exchange that is no poll. */
  readonly http?: HttpCarriage;
}

/** What an array of steps is, as far as anybody needs it. */
export interface StepList extends Iterable<Step> {
  readonly length: number;
  /** The step at a place, from 0. */
  at(place: number): Step | undefined;
}

export interface GrowingSteps extends StepList {
  /** All steps of the message, which is the event at that place of the recording. */
  add(message: MessageEvent, place: number, lane: Lane, what: Step['do']): void;
}

/** Steps of the events of a recording. In memory is where each comes from. */
export function createSteps(events: EventList): GrowingSteps {
  const [places, packets]: [number[], number[]] = [[], []];
  const [lanes, whats]: [Lane[], Step['do'][]] = [[], []];
  /** The event that was asked for last: one may be many steps. */
  let last: { readonly place: number; readonly steps: readonly Step[] } | undefined;

  return stepList({
    get length() {
      return places.length;
    },
    add(message: MessageEvent, place: number, lane: Lane, what: Step['do']): void {
      const steps = stepsOf(message, lane, what);
      last = { place, steps };
      for (const packet of steps.keys()) {
        places.push(place);
        packets.push(packet);
        lanes.push(lane);
        whats.push(what);
      }
    },
    at(index: number): Step | undefined {
      const [place, lane, what] = [places[index], lanes[index], whats[index]];
      if (place === undefined || lane === undefined || what === undefined) return undefined;
      if (last?.place !== place) last = { place, steps: stepsOf(events.at(place) as MessageEvent, lane, what) };
      return last.steps[packets[index] ?? 0];
    },
  });
}

/** Steps that are in order what these events tell, on these lanes. */
export function stepsTold(events: EventList, lanes: readonly string[], whats: readonly Step['do'][]): StepList {
  return stepList({
    length: lanes.length,
    at(index) {
      const [event, lane, what] = [events.at(index), lanes[index], whats[index]];
      if (event?.kind !== 'message' || lane === undefined || what === undefined) return undefined;
      const { seq, t, raw, encoding, protocol, from, signals, http } = event;
      return { seq, t, lane, do: what, raw, encoding, protocol, from, signals, ...(http && { http }) };
    },
  });
}

function stepList<T extends Pick<StepList, 'length' | 'at'>>(list: T): T & StepList {
  return Object.defineProperty(list, Symbol.iterator, {
    *value() {
      for (let index = 0; index < list.length; index += 1) yield list.at(index) as Step;
    },
  }) as T & StepList;
}

function stepsOf(message: MessageEvent, { key, carrier }: Lane, what: Step['do']): readonly Step[] {
  const { seq, t, raw, encoding, protocol, from, signals, http } = message;
  const step = { seq, t, lane: key, do: what, raw, encoding, protocol, from, signals };
  if (carrier === 'websocket') return [step];
  // The request that opened it is the connection itself.
  if (carrier === 'events') return http?.status === undefined ? [] : [step];
  if (carrier === 'http') return http === undefined ? [] : [{ ...step, http }];
  if (encoding === 'base64') return [step];
  return (http === undefined ? [raw] : packetsOf(raw))
    .filter((packet) => !isUpkeep(packet))
    .map((packet) => ({ ...step, raw: packet }));
}
