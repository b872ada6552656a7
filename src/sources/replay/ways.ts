/** Which way each message of a recording went: from the client of its connection, or to it. */
import type { MessageEvent, PartyId, SignalEvent } from '../../core/event.ts';

export const laneOf = ({ link }: Pick<SignalEvent, 'link'>): string => link ?? '';

/** How the far end of a connection is called where nobody else is known. */
const SERVERS = /^(?:server|sfu|upstream|janus|livekit)\b/;

/** Who of the two is the client: the recording says it, or else their names. */
export function clientOf({ from, to, dir }: MessageEvent): PartyId {
  if (dir !== undefined) return dir === 'c2s' ? from : to;
  return SERVERS.test(from) && !SERVERS.test(to) ? to : from;
}

/** From the client of its connection, or to it. */
export type Way = 'in' | 'out';

/**
 * Tells of each message of a recording which way it went, undefined of other events; is shown all of them, in order.
 *
 * A client may be known by several names: by its connection (`app-2`) until it says how it is called. What a server passes
 * on bears the name of a client of another connection.
 */
export function createWays(): (event: SignalEvent) => Way | undefined {
  const lanes = new Map<PartyId, Set<string>>();
  return (event) => {
    if (event.kind === 'message') return wayOf(event, lanes);
    if (event.kind !== 'link') return undefined;
    if (event.change === 'open' && event.from !== '') claim(lanes, event.from, laneOf(event));
    // Who comes back has a connection of its own again.
    else if (event.change === 'close') for (const own of lanes.values()) own.delete(laneOf(event));
    return undefined;
  };
}

function claim(lanes: Map<PartyId, Set<string>>, name: PartyId, lane: string): void {
  const own = lanes.get(name) ?? new Set();
  lanes.set(name, own.add(lane));
}

function wayOf(message: MessageEvent, lanes: Map<PartyId, Set<string>>): Way {
  const { from, to, dir } = message;
  const lane = laneOf(message);
  if (message.http !== undefined) return message.http.status === undefined ? 'out' : 'in';
  const isKnown = (name: PartyId): boolean => (lanes.get(name)?.size ?? 0) > 0;
  const isHere = (name: PartyId): boolean => lanes.get(name)?.has(lane) === true;
  if (dir !== undefined) {
    if (!isKnown(clientOf(message))) claim(lanes, clientOf(message), lane);
    return dir === 'c2s' ? 'out' : 'in';
  }
  if (clientOf(message) !== from) {
    if (!isKnown(to)) claim(lanes, to, lane);
    return 'in';
  }
  // What a server sends back to who said it is from the client, to the client.
  if (from === to) return 'in';
  if (isKnown(from)) return isHere(from) ? 'out' : 'in';
  if (isHere(to)) return 'in';
  claim(lanes, from, lane);
  return 'out';
}
