/**
 * What a replay has done, and when that would have been at the recorded pace: a replay in seconds of what took minutes is
 * judged as the same conversation, in which the same pauses are long.
 */
import type { Millis, SignalEvent } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import { eventView } from '../../core/event-view.ts';
import type { EventKeeper } from '../../core/log.ts';
import { judgedTimes } from './judged.ts';
import type { Step } from './script.ts';

export interface Told {
  readonly count: number;
  add(event: SignalEvent): void;
  /** The event is the recorded `step`; `altered`: on its way it was changed, which nobody who is played has done. */
  stands(event: number, step: Step, altered?: boolean): void;
  /** The events with the times of the recorded pace. */
  paced(): EventList;
}

export interface TellOptions {
  /** At 1 what is heard may come sooner than it did; at others nothing counts as sooner than it was in the recording. */
  readonly speed: number;
  /** What is said waits for somebody's hand, which no server and no application does. */
  readonly byHand: boolean;
  /** An empty list for what is to be kept. */
  keeper(): EventKeeper;
}

/** When an event was in the recording, and whether it is ours. */
export interface Stand extends Pick<Step, 't' | 'do'> {
  /** Where what was said is kept, if it has been changed. */
  readonly said?: number;
}

export function createTold({ speed, byHand, keeper }: TellOptions): Told {
  const [events, said] = [keeper(), keeper()];
  const [seqs, times]: [number[], Millis[]] = [[], []];
  /** By the place of the event. */
  const stands: (Stand | undefined)[] = [];

  /** As it was said; what became of it is reported. */
  function asSaid(place: number): SignalEvent {
    const event = events.at(place) as SignalEvent;
    const kept = stands[place]?.said;
    const then = kept === undefined ? undefined : said.at(kept);
    return event.kind === 'message' && then?.kind === 'message' ? { ...event, signals: then.signals } : event;
  }

  return {
    get count() {
      return events.length;
    },
    add(event) {
      events.push(event);
      seqs.push(event.seq);
      times.push(event.t);
      stands.push(undefined);
    },
    stands(event, { t, do: what, signals }, altered = false) {
      const place = seqs.lastIndexOf(event);
      const changed = altered ? events.at(place) : undefined;
      if (changed?.kind === 'message') said.push({ ...changed, signals });
      if (place >= 0) stands[place] = { t, do: what, ...(changed?.kind === 'message' && { said: said.length - 1 }) };
    },
    paced() {
      const at = judgedTimes(times, stands, speed === 1 && !byHand);
      return eventView(events.length, (place) => ({ ...asSaid(place), t: at[place] ?? 0 }));
    },
  };
}
