/** A recording as a script: what each connection says and hears, in order, seen from the side that is played. */
import type { Millis, PartyId, Signal, SignalEvent } from '../../core/event.ts';
import { clientOf, laneOf, type Message, waysOf } from './ways.ts';

/** A signaling connection of the recording, and who opened it. */
export interface Lane {
  readonly key: string;
  readonly client: PartyId;
  readonly url: string | undefined;
}

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
}

export interface Script {
  readonly lanes: readonly Lane[];
  readonly steps: readonly Step[];
}

export interface ScriptOptions {
  /** Play the clients (to a server), or the server (to clients). */
  readonly as: 'client' | 'server';
  /** Only the connections of these clients; all where it is not given. */
  readonly sides?: readonly PartyId[];
}

/** The script of a recording. Without connections in it (a transcript) the first party is taken for the client. */
export function scriptOf(events: readonly SignalEvent[], { as, sides }: ScriptOptions): Script {
  const messages = events.filter((event): event is Message => event.kind === 'message' && !isHttp(event));
  const lanes = lanesOf(events, messages).filter(({ client }) => sides === undefined || sides.includes(client));
  const wanted = new Set(lanes.map(({ key }) => key));
  const ways = waysOf(events);
  const steps = messages.flatMap((message): Step[] => {
    if (!wanted.has(laneOf(message))) return [];
    const { seq, t, raw, encoding, protocol, from, signals } = message;
    const step = (ways.get(message) === 'out') === (as === 'client') ? 'say' : 'hear';
    return [{ seq, t, lane: laneOf(message), do: step, raw, encoding, protocol, from, signals }];
  });
  return { lanes, steps };
}

/** How many messages of a recording went over HTTP: they are no part of a script. */
export const countHttp = (events: readonly SignalEvent[]): number =>
  events.filter((event) => event.kind === 'message' && isHttp(event)).length;

/** Requests and responses of HTTP have a method of it. */
function isHttp({ signals }: Message): boolean {
  return signals.some((signal) => 'method' in signal && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(signal.method));
}

function lanesOf(events: readonly SignalEvent[], messages: readonly Message[]): readonly Lane[] {
  const lanes = new Map<string, Lane>();
  for (const event of events) {
    if (event.kind !== 'link' || event.change !== 'open' || event.from === '') continue;
    if (!lanes.has(laneOf(event))) lanes.set(laneOf(event), { key: laneOf(event), client: event.from, url: event.url });
  }
  for (const message of messages) {
    const key = laneOf(message);
    const known = lanes.get(key);
    if (known === undefined) lanes.set(key, { key, client: clientOf(message), url: undefined });
    else if (!speaksAs(known.client, key, messages))
      lanes.set(key, { ...known, client: clientIn(key, messages) ?? known.client });
  }
  return [...lanes.values()].filter(({ key }) => messages.some((message) => laneOf(message) === key));
}

const speaksAs = (client: PartyId, key: string, messages: readonly Message[]): boolean =>
  messages.some((message) => laneOf(message) === key && (message.from === client || message.to === client));

/** Who learned a name only after the connection was open (`client 1`, then `alice`). */
function clientIn(key: string, messages: readonly Message[]): PartyId | undefined {
  const first = messages.find((message) => laneOf(message) === key);
  return first && clientOf(first);
}
