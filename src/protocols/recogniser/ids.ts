/** Which peer connection a message is about, and whose message it is: by what stands around a signal. */
import { type JsonObject, objectsAround, outward, type Place } from './found.ts';
import { isAboutCandidates, senseOf } from './senses.ts';
import { toldBy } from './words.ts';

/** Names that identify one peer connection wherever they are used, most specific first. Names in one row mean the same id. */
const SURE: readonly (readonly string[])[] = [
  ['offer_id', 'offerId', 'negotiationId'],
  ['connectionId', 'connection_id', 'rtc_connection_id', 'connID'],
  ['pc_id', 'pcId', 'peerConnectionId', 'webrtc_id', 'mediaSessionId'],
  ['handle_id', 'handleId'],
  ['callId', 'call_id', 'call-id', 'callID', 'callid', 'callsid'],
  ['streamId', 'stream_id', 'cameraId', 'transportId', 'endpointName'],
  ['target'],
  ['sid'],
  ['sessionId', 'session_id', 'sessionid'],
];
/** From this row on an id may be of something larger, such as the whole connection: it tells only where no other does. */
export const FIRST_LOOSE = SURE.findIndex(([name]) => name === 'sid');

/** Names that others use for something else: they only help to find the offer an answer belongs to. */
const MAYBE = ['id', 'requestId', 'transaction', 'transId', 'transactionId', 'correlationId', 'seq', 'token', 'peerId'];

/** What a message says of its peer connection: one value per row of sure names, the others by name, and whom it names. */
export interface Ids {
  readonly sure: readonly (string | undefined)[];
  readonly maybe: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}

export function idsAround(place: Place): Ids {
  const objects = [...objectsAround(place)];
  const janus = objects.some((object) => typeof object.janus === 'string');
  const sure = SURE.map((names) => {
    if (names[0] === 'target') return targetOf(objects);
    // Janus calls a handle `sender` in what it sends by itself.
    if (names[0] === 'handle_id' && janus) return firstOf(objects, [...names, 'sender']);
    return firstOf(objects, names);
  });
  const maybe = MAYBE.flatMap((name) => {
    const value = firstOf(objects, [name]);
    return value === undefined ? [] : [[name, value]];
  });
  return { sure, maybe: Object.fromEntries(maybe) as Record<string, string>, names: namesAround(objects, place) };
}

/** Whom a message names, under whatever key: one peer connection of several that a client has with one server. */
function namesAround(objects: readonly JsonObject[], place: Place): string[] {
  const names = new Set<string>();
  for (const object of objects.slice(0, 6)) {
    for (const key of NAMING) {
      const value = Object.hasOwn(object, key) ? object[key] : undefined;
      if (isId(value)) names.add(String(value));
    }
  }
  for (const { beside } of outward(place)) for (const word of beside ?? []) names.add(word);
  return [...names].slice(0, 16).filter((name) => !isKind(name));
}

/** What kind of message it is is nobody's name. */
const isKind = (word: string): boolean =>
  toldBy(word) !== undefined || senseOf(word) !== undefined || isAboutCandidates(word);

/** LiveKit and ion-sfu have two peer connections on one socket, told apart by this. Elsewhere `target` is a name. */
function targetOf(objects: readonly JsonObject[]): string | undefined {
  const target = objects.find((object) => object.target !== undefined)?.target;
  if (target === 'PUBLISHER' || target === 0) return 'publisher';
  return target === 'SUBSCRIBER' || target === 1 ? 'subscriber' : undefined;
}

/** The most specific id, as a short printable name: raw bytes (WebTorrent's) become hex. */
export function nameOf({ sure }: Ids): string | undefined {
  const id = sure.slice(0, FIRST_LOOSE).find((one) => one !== undefined);
  return id === undefined ? undefined : shortId(id);
}

export function shortId(id: string): string {
  if (/^[\x21-\x7e]{1,40}$/.test(id)) return id;
  const bytes = [...id.slice(0, 10)].map((c) => ((c.codePointAt(0) ?? 0) & 0xff).toString(16).padStart(2, '0'));
  return bytes.join('');
}

const SENDERS = [
  ...['from', 'src', 'sender', 'senderId', 'sender_id', 'senderClientId', 'senderEasyrtcid', 'fromId', 'from_id'],
  ...['fromUserId', 'peer_id', 'clientId', 'senderConnectionId', 'userFromId', 'callerId'],
];
const RECEIVERS = [
  ...[
    'to',
    'dst',
    'target',
    'targetId',
    'to_peer_id',
    'remoteUserId',
    'receiver',
    'targetEasyrtcid',
    'recipientClientId',
  ],
  ...['targetSocketId', 'targetUserId', 'toId', 'to_id', 'toUserId', 'userToCall', 'recipient'],
];

const NAMING = [
  ...SENDERS,
  ...RECEIVERS,
  ...[
    'id',
    'name',
    'user',
    'userId',
    'user_id',
    'peer',
    'peerId',
    'playerId',
    'callee',
    'calleeId',
    'caller',
    'callerID',
  ],
  ...['userToSignal', 'UUID', 'participantId', 'socketId', 'feed'],
];

/** Who a message says it is from and for, if it does. */
export interface Address {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The names around a place; inner objects win. */
export function addressAround(place: Place): Address {
  const objects = [...objectsAround(place)];
  return { from: firstOf(objects, SENDERS), to: firstOf(objects, RECEIVERS) };
}

const LONGEST = 200;

function firstOf(objects: readonly JsonObject[], names: readonly string[]): string | undefined {
  for (const object of objects) {
    for (const name of names) {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (isId(value)) return String(value);
    }
  }
  return undefined;
}

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '' && value.length <= LONGEST) || typeof value === 'number';
