/**
 * Which peer connection a message is about, when several share one socket (rules B.6): by the ids that stand around a
 * description. No protocol needed: an id is believed where answers carry the same value as the offers they answer.
 */
type JsonObject = Readonly<Record<string, unknown>>;

/** Names that identify one peer connection, most specific first. Names in one list mean the same id. */
const ID_NAMES: readonly (readonly string[])[] = [
  ['offer_id', 'offerId'],
  ['connectionId', 'connection_id'],
  ['pc_id', 'pcId', 'peerConnectionId', 'webrtc_id'],
  ['handle_id', 'handleId', 'sender'],
  ['callId', 'call_id', 'call-id'],
  ['streamId', 'stream_id'],
  ['sessionId', 'session_id', 'sid'],
];

/** What a message says of its peer connection: one value per list of names above, where it has one. */
export type CorrelationIds = readonly (string | undefined)[];

/** Reads the ids out of the objects around a signal; inner ones win. */
export function correlationIds(around: readonly JsonObject[]): CorrelationIds {
  return ID_NAMES.map((names) => firstOf(around, names));
}

const SENDERS = ['from', 'src', 'sender', 'senderId', 'peer_id', 'clientId'];
const RECEIVERS = ['to', 'dst', 'target', 'targetId', 'to_peer_id', 'remoteUserId'];

/** Who a message says it is from and for, if it does. */
export interface Address {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Reads the names around a signal; inner objects win. */
export function addressOf(around: readonly JsonObject[]): Address {
  return { from: firstOf(around, SENDERS), to: firstOf(around, RECEIVERS) };
}

function firstOf(around: readonly JsonObject[], names: readonly string[]): string | undefined {
  for (const object of around.toReversed()) {
    for (const name of names) {
      const value = object[name];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
    }
  }
  return undefined;
}

/** The Call-ID of a SIP message (RFC 3261 8.1.1.4) stands for all of its dialog. */
export function sipIds(text: string): CorrelationIds {
  const callId = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(text.slice(0, 8192))?.[1];
  return ID_NAMES.map((names) => (names.includes('call-id') ? callId : undefined));
}

export interface Sighting {
  readonly offer: boolean;
  readonly ids: CorrelationIds;
}

/**
 * Which list of names tells peer connections apart in this capture: the first whose values answers share with offers,
 * every answer that has one. Undefined if no id is shared: the parties tell them apart then.
 */
export function sharedId(sightings: readonly Sighting[]): number | undefined {
  for (const index of ID_NAMES.keys()) {
    const offered = new Set<string>();
    let [shared, foreign] = [0, 0];
    for (const { offer, ids } of sightings) {
      const id = ids[index];
      if (id === undefined) continue;
      if (offer) offered.add(id);
      else if (offered.has(id)) shared += 1;
      else foreign += 1;
    }
    if (shared > 0 && foreign === 0) return index;
  }
  return undefined;
}

/** A short printable id for the peer connection: raw bytes (WebTorrent's) become hex. */
export function shortId(id: string): string {
  if (/^[\x21-\x7e]{1,40}$/.test(id)) return id;
  const bytes = [...id.slice(0, 10)].map((c) => ((c.codePointAt(0) ?? 0) & 0xff).toString(16).padStart(2, '0'));
  return bytes.join('');
}
