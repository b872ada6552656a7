/** The connections of a recording: which messages went over each, who opened it, and what carried it. */
import type { PartyId, SignalEvent } from '../../core/event.ts';
import { isEngineIo } from './engine-io.ts';
import { streamsOf } from './event-streams.ts';
import { clientOf, laneOf, type Message } from './ways.ts';

/** A signaling connection of the recording, and who opened it. */
export interface Lane {
  readonly key: string;
  readonly client: PartyId;
  /** Of a WebSocket its address, of HTTP that of the first request. */
  readonly url: string | undefined;
  /** What the recording calls it. */
  readonly link: string;
  /** `polling` is Engine.IO that was never upgraded to a WebSocket, `events` a stream of Server-Sent Events. */
  readonly carrier: 'websocket' | 'http' | 'engine.io' | 'polling' | 'events';
}

interface Found {
  client: PartyId | undefined;
  url: string | undefined;
  readonly link: string;
  readonly names: Set<PartyId>;
  first: Message | undefined;
  /** What carried its messages. */
  socket: boolean;
  http: boolean;
  engine: boolean;
  events: boolean;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The lane of a message, or of the event that opens or closes one. */
  laneFor(event: SignalEvent): string | undefined;
}

/** Without connections in the recording (a transcript) the first party is taken for the client. */
export function lanesOf(events: readonly SignalEvent[]): Lanes {
  const found = new Map<string, Found>();
  const streamOf = streamsOf(events);
  const lanes = new Map<SignalEvent, string>();
  /** A link that is opened again is another connection. */
  const current = new Map<string, string>();

  function lane(key: string, link: string): Found {
    const fresh = { client: undefined, url: undefined, link, names: new Set<PartyId>(), first: undefined };
    const one = found.get(key) ?? { ...fresh, socket: false, http: false, engine: false, events: false };
    found.set(key, one);
    return one;
  }

  function opened(event: SignalEvent & { kind: 'link' }): void {
    const link = laneOf(event);
    const before = current.get(link) ?? link;
    const again = found.get(before)?.client !== undefined;
    const key = again ? `${link}#${found.size}` : before;
    current.set(link, key);
    const one = lane(key, link);
    one.client = event.from;
    one.url = event.url;
    one.engine ||= isEngineIo(event.url, undefined);
    lanes.set(event, key);
  }

  function carried(message: Message): void {
    const link = laneOf(message);
    const engine = isEngineIo(undefined, message);
    const http = message.http !== undefined && !engine;
    const stream = engine ? undefined : streamOf(message);
    const key = stream ?? (http ? `${link} over HTTP` : (current.get(link) ?? link));
    if (!http) current.set(link, key);
    const one = lane(key, link);
    one.first ??= message;
    one.url ??= message.http?.url;
    one.names.add(message.from).add(message.to);
    one.engine ||= engine;
    one.events = stream !== undefined;
    if (message.http === undefined) one.socket = true;
    else one.http = true;
    lanes.set(message, key);
  }

  for (const event of events) {
    if (event.kind === 'message') {
      if (isReplayed(event)) carried(event);
    } else if (event.kind === 'link' && event.from !== '') {
      if (event.change === 'open') opened(event);
      else if (event.change === 'close') lanes.set(event, current.get(laneOf(event)) ?? laneOf(event));
    }
  }
  const all = [...found].flatMap(([key, one]) => (one.first === undefined ? [] : [finished(key, one, one.first)]));
  return { lanes: all, laneFor: (event) => lanes.get(event) };
}

function finished(
  key: string,
  { client, url, link, names, socket, http, engine, events }: Found,
  first: Message,
): Lane {
  // Who learned a name only after the connection was open (`client 1`, then `alice`).
  const named = client !== undefined && names.has(client) ? client : clientOf(first);
  const plain = events ? 'events' : http ? 'http' : 'websocket';
  const carrier = engine ? (http && !socket ? 'polling' : 'engine.io') : plain;
  return { key, client: named, url, link, carrier };
}

/** What went over HTTP is played where the recording has its address; older ones have the method only. */
const isReplayed = (message: Message): boolean => message.http !== undefined || !hasMethod(message);

/** How many messages of a recording went over HTTP and have no address: they are no part of a script. */
export const countUnaddressed = (events: readonly SignalEvent[]): number =>
  events.filter((event) => event.kind === 'message' && !isReplayed(event)).length;

/** Requests and responses of HTTP have a method of it. */
function hasMethod({ signals }: Message): boolean {
  return signals.some((signal) => 'method' in signal && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(signal.method));
}
