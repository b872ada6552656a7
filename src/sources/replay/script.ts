/** A recording as a script: what each connection says and hears, in order, seen from the side that is played. */
import type { HttpCarriage, Millis, PartyId, Signal, SignalEvent } from '../../core/event.ts';
import { isUpkeep, packetsOf } from './engine-io.ts';
import { openingOf } from './event-streams.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { type Message, waysOf } from './ways.ts';

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

/** A connection that the side which is played opens or ends, when the step `at` is reached. */
export interface Turn {
  readonly at: number;
  readonly lane: string;
  readonly do: 'open' | 'close';
}

export interface Script {
  readonly lanes: readonly Lane[];
  readonly steps: readonly Step[];
  /** In order. */
  readonly turns: readonly Turn[];
}

export interface ScriptOptions {
  /** Play the clients (to a server), or the server (to clients). */
  readonly as: 'client' | 'server';
  /** Only the connections of these clients; all where it is not given. */
  readonly sides?: readonly PartyId[];
}

/** The script of a recording. */
export function scriptOf(events: readonly SignalEvent[], { as, sides }: ScriptOptions): Script {
  const found = lanesOf(events);
  const lanes = found.lanes.filter(({ client }) => sides === undefined || sides.includes(client));
  const wanted = new Map(lanes.map((lane) => [lane.key, lane]));
  const ways = waysOf(events);
  const steps: Step[] = [];
  const turns: Turn[] = [];
  const opened = new Set<string>();
  const gone = new Set<string>();
  const turn = (lane: string, what: Turn['do']) => turns.push({ at: steps.length, lane, do: what });

  for (const event of events) {
    const lane = wanted.get(found.laneFor(event) ?? '-');
    if (lane === undefined) continue;
    if (event.kind === 'link' && event.change === 'close') {
      gone.add(lane.key);
      if (opened.has(lane.key) && (as === 'client' || isCut(event.code))) turn(lane.key, 'close');
      continue;
    }
    if (!opened.has(lane.key)) {
      opened.add(lane.key);
      if (as === 'client' && lane.carrier === 'events') {
        turns.push({ at: openingOf(lane.url, steps, steps.length), lane: lane.key, do: 'open' });
      } else if (as === 'client') turn(lane.key, 'open');
    }
    if (event.kind === 'link') gone.delete(lane.key);
    // What was still under way to who had closed was not heard, and says nothing.
    if (event.kind !== 'message' || gone.has(lane.key)) continue;
    const what = (ways.get(event) === 'out') === (as === 'client') ? 'say' : 'hear';
    for (const step of stepsOf(event, lane, what)) steps.push(step);
  }
  return { lanes, steps, turns: turns.sort((a, b) => a.at - b.at) };
}

/** Endings that a client does not cause (RFC 6455 7.4). */
const isCut = (code: number | undefined): boolean => code !== undefined && code > 1005;

function stepsOf(message: Message, { key, carrier }: Lane, what: Step['do']): readonly Step[] {
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

export type { Lane };
