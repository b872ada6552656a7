/** A recording as a script: what each connection says and hears, in order, seen from the side that is played. */
import type { PartyId } from '../../core/event.ts';
import type { EventList } from '../../core/event-list.ts';
import { openingsIn } from './event-streams.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { createSteps, type Step, type StepList } from './step-list.ts';
import { createWays } from './ways.ts';

/** A connection that the side which is played opens or ends, when the step `at` is reached. */
export interface Turn {
  readonly at: number;
  readonly lane: string;
  readonly do: 'open' | 'close';
}

export interface Script {
  readonly lanes: readonly Lane[];
  readonly steps: StepList;
  /** In order. */
  readonly turns: readonly Turn[];
}

export interface ScriptOptions {
  /** Play the clients (to a server), or the server (to clients). */
  readonly as: 'client' | 'server';
  /** Only the connections of these clients; all where it is not given. */
  readonly sides?: readonly PartyId[];
}

/** The script of a recording, of which it keeps nothing but where its steps are. */
export function scriptOf(events: EventList, { as, sides }: ScriptOptions): Script {
  const found = lanesOf(events);
  const lanes = found.lanes.filter(({ client }) => sides === undefined || sides.includes(client));
  const wanted = new Map(lanes.map((lane) => [lane.key, lane]));
  const wayOf = createWays();
  const steps = createSteps(events);
  const turns: Turn[] = [];
  const openingOf = openingsIn(steps);
  const opened = new Set<string>();
  const gone = new Set<string>();
  const turn = (lane: string, what: Turn['do']) => turns.push({ at: steps.length, lane, do: what });

  let place = -1;
  for (const event of events) {
    place += 1;
    const way = wayOf(event);
    const lane = wanted.get(found.laneAt(place) ?? '-');
    if (lane === undefined) continue;
    if (event.kind === 'link' && event.change === 'close') {
      gone.add(lane.key);
      if (opened.has(lane.key) && (as === 'client' || isCut(event.code))) turn(lane.key, 'close');
      continue;
    }
    if (!opened.has(lane.key)) {
      opened.add(lane.key);
      if (as === 'client' && lane.carrier === 'events') {
        turns.push({ at: openingOf(lane.url, steps.length), lane: lane.key, do: 'open' });
      } else if (as === 'client') turn(lane.key, 'open');
    }
    if (event.kind === 'link') gone.delete(lane.key);
    // What was still under way to who had closed was not heard, and says nothing.
    if (event.kind !== 'message' || gone.has(lane.key)) continue;
    steps.add(event, place, lane, (way === 'out') === (as === 'client') ? 'say' : 'hear');
  }
  return { lanes, steps, turns: turns.sort((a, b) => a.at - b.at) };
}

/** Endings that a client does not cause (RFC 6455 7.4). */
const isCut = (code: number | undefined): boolean => code !== undefined && code > 1005;

export type { Lane, Step, StepList };
