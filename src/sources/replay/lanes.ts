/** The connections of a recording: which messages went over each, who opened it, and what carried it. */
import type { MessageEvent, PartyId, SignalEvent } from '../../core/event.ts';
import { protocolNamed } from '../../protocols/index.ts';
import { isEngineIo } from './engine-io.ts';
import { streamsOf } from './event-streams.ts';
import { clientOf, laneOf } from './ways.ts';

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
  /** The first of its messages that renego knows; else what the recording says. */
  readonly protocol: string;
}

interface Found {
  client: PartyId | undefined;
  url: string | undefined;
  readonly link: string;
  readonly names: Set<PartyId>;
  /** By its first message. */
  spokenBy: PartyId | undefined;
  protocol: string | undefined;
  /** What carried its messages. */
  socket: boolean;
  http: boolean;
  engine: boolean;
  events: boolean;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  /** The lane of the event at this place from 0: of a message, or of what opens or closes one. */
  laneAt(place: number): string | undefined;
}

/** Without connections in the recording (a transcript) the first party is taken for the client. */
export function lanesOf(events: Iterable<SignalEvent>): Lanes {
  const found = new Map<string, Found>();
  const streamOf = streamsOf(events);
  const hasWire = wasSeenOnTheWire(events);
  const places: (string | undefined)[] = [];
  /** A link that is opened again is another connection. */
  const current = new Map<string, string>();

  function lane(key: string, link: string): Found {
    const fresh = { client: undefined, url: undefined, link, names: new Set<PartyId>() };
    const unheard = { spokenBy: undefined, protocol: undefined };
    const one = found.get(key) ?? { ...fresh, ...unheard, socket: false, http: false, engine: false, events: false };
    found.set(key, one);
    return one;
  }

  function opened(event: SignalEvent & { kind: 'link' }): string {
    const link = laneOf(event);
    const before = current.get(link) ?? link;
    const again = found.get(before)?.client !== undefined;
    const key = again ? `${link}#${found.size}` : before;
    current.set(link, key);
    const one = lane(key, link);
    one.client = event.from;
    one.url = event.url;
    one.engine ||= isEngineIo(event.url, undefined);
    return key;
  }

  function carried(message: MessageEvent): string {
    const link = laneOf(message);
    const engine = isEngineIo(undefined, message);
    const http = message.http !== undefined && !engine;
    const stream = engine ? undefined : streamOf(message);
    const key = stream ?? (http ? `${link} over HTTP` : (current.get(link) ?? link));
    if (!http) current.set(link, key);
    const one = lane(key, link);
    one.spokenBy ??= clientOf(message);
    if (one.protocol === undefined || (isKnown(message.protocol) && !isKnown(one.protocol)))
      one.protocol = message.protocol;
    one.url ??= message.http?.url;
    one.names.add(message.from).add(message.to);
    one.engine ||= engine;
    one.events = stream !== undefined;
    if (message.http === undefined) one.socket = true;
    else one.http = true;
    return key;
  }

  function laneFor(event: SignalEvent): string | undefined {
    if (event.kind === 'message') {
      return isReplayed(event) && !(hasWire && event.protocol === CALLS) ? carried(event) : undefined;
    }
    if (event.kind !== 'link' || event.from === '') return undefined;
    if (event.change === 'open') return opened(event);
    return event.change === 'close' ? (current.get(laneOf(event)) ?? laneOf(event)) : undefined;
  }

  for (const event of events) places.push(laneFor(event));
  const all = [...found].flatMap(([key, one]) =>
    one.spokenBy === undefined ? [] : [finished(key, one, one.spokenBy)],
  );
  return { lanes: all, laneAt: (place) => places[place] };
}

const isKnown = (protocol: string): boolean => protocolNamed(protocol) !== undefined;

function finished(
  key: string,
  { client, url, link, names, protocol = 'unknown', socket, http, engine, events }: Found,
  spokenBy: PartyId,
): Lane {
  // Who learned a name only after the connection was open (`client 1`, then `alice`).
  const named = client !== undefined && names.has(client) ? client : spokenBy;
  const plain = events ? 'events' : http ? 'http' : 'websocket';
  const carrier = engine ? (http && !socket ? 'polling' : 'engine.io') : plain;
  return { key, client: named, url, link, carrier, protocol };
}

/** What the connections of a page were given and gave, as `attach` tells it: the frames that carry it stand beside that. */
const CALLS = 'page';

function wasSeenOnTheWire(events: Iterable<SignalEvent>): boolean {
  for (const event of events) if (event.kind === 'message' && event.protocol !== CALLS) return true;
  return false;
}

/** What went over HTTP is played where the recording has its address; older ones have the method only. */
const isReplayed = (message: MessageEvent): boolean => message.http !== undefined || !hasMethod(message);

/** How many messages of a recording went over HTTP and have no address: they are no part of a script. */
export function countUnaddressed(events: Iterable<SignalEvent>): number {
  let count = 0;
  for (const event of events) if (event.kind === 'message' && !isReplayed(event)) count += 1;
  return count;
}

/** Requests and responses of HTTP have a method of it. */
function hasMethod({ signals }: MessageEvent): boolean {
  return signals.some((signal) => 'method' in signal && /^(?:GET|POST|PUT|PATCH|DELETE)$/.test(signal.method));
}
