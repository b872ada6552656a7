/** Is it WebRTC signaling at all? Descriptions also travel in statistics, in chat, and there is other SDP than WebRTC's. */
import { isObject, type JsonObject, objectsAround, outward, type Place } from './found.ts';
import { tokensOf, wordsAround, wordsOf } from './words.ts';

/** What only WebRTC's descriptions have: ICE, DTLS, or a profile that goes with them. One is enough, the rest may be what is broken. */
const WEBRTC =
  /^(?:a=(?:ice-(?:ufrag|pwd|options)|fingerprint|setup|candidate|msid|mid|group:BUNDLE)\b|m=\S+ \d+ (?:\S*SAVPF?|\S*DTLS\S*) )/m;

/** Whether a description may be one of WebRTC. A `type` beside it is believed: it may be broken. */
export function isWebRtc(sdp: string, stated: boolean): boolean {
  return stated || WEBRTC.test(sdp) || !/^m=/m.test(sdp);
}

/** Calls and events of peer connections as statistics services log them; what a signaling message can be called is not among them. */
const LOGGED =
  /^(?:set(?:Local|Remote)Description|(?:set(?:Local|Remote)Description|create(?:Offer|Answer)|addIceCandidate)On(?:Success|Failure)|get[sS]tats|on(?:icecandidate|signalingstatechange|negotiationneeded|iceconnectionstatechange))$/;
const REPORTS = [
  ...['breadcrumbs', 'sentry_key', 'logLevel', 'stacktrace', 'ddsource', 'updateLog', 'PeerConnections'],
  ...['distinct_id', 'anonymousId', 'writeKey', 'severityText', 'resourceLogs', 'resourceSpans'],
];
const LEVEL = /^(?:log|trace|debug|verbose|info|notice|warn|warning|error|fatal)$/i;
/** What a peer connection tells of itself, which nobody sends to have it negotiated. */
const STATES = ['signalingState', 'iceConnectionState', 'iceGatheringState', 'connectionState'];
/** How rtcstats numbers the peer connections of a page. */
const NUMBERED = /^PC_\d+$/;

/** Whether what is found is in an upload of statistics, logs or errors. */
export function isTelemetry(place: Place): boolean {
  for (const { object, beside, label } of outward(place)) {
    if (beside?.some((word) => LOGGED.test(word) || NUMBERED.test(word))) return true;
    if (label !== undefined && LOGGED.test(label)) return true;
    if (object === undefined) continue;
    if ([...REPORTS, ...STATES].some((name) => Object.hasOwn(object, name)) || tellsBothSides(object)) return true;
    if (['level', 'lvl', 'severity'].some((name) => LEVEL.test(String(object[name])))) return true;
    for (const name of ['type', 'method', 'event', 'name', 'eventType', 'action']) {
      const word = object[name];
      if (typeof word === 'string' && (LOGGED.test(word) || word === 'console')) return true;
    }
    const { sdk } = object;
    if (isObject(sdk) && typeof sdk.name === 'string' && /sentry|datadog|callstats/i.test(sdk.name)) return true;
  }
  return false;
}

/** Both descriptions of one peer connection: what it has, for somebody who looks on. */
function tellsBothSides(object: JsonObject): boolean {
  return Object.keys(object)
    .filter((key) => /local/i.test(key))
    .some((key) => {
      const remote = object[key.replace('local', 'remote').replace('Local', 'Remote')];
      return describes(object[key]) && describes(remote);
    });
}

const describes = (value: unknown): boolean =>
  isObject(value) ? describes(value.sdp) : typeof value === 'string' && /^v=0\s/.test(value);

/** Addresses of services that collect statistics. */
export function isTelemetryUrl(url: string): boolean {
  return /\/(?:rtc-?stats|callstats|envelope\/?(?:$|\?)|api\/v\d\/rum|telemetry)|\/\/[^/]*(?:callstats\.io|sentry\.io|browser-intake-datadog|rtcstats)/i.test(
    url,
  );
}

/** Keys under which people's words stand; and those under which they stand where somebody is said to have written them. */
const SPOKEN = /^(?:text|comment|caption|markdown|html|question|chat|chatMessage|messageText|note)$/i;
const WRITTEN = /^(?:content|body|message|msg)$/;
const AUTHOR = [
  ...['author', 'author_id', 'authorId', 'u', 'user', 'user_id', 'userId', 'username', 'userName', 'nick', 'nickname'],
  ...['msgtype', 'sender_email', 'sender_full_name', 'senderName', 'displayName'],
];
const SIGNALING = /offer|answer|sdp|signal|candidate|webrtc|\bcall|peer|negotiat/i;

/**
 * Whether somebody quotes a description in a chat: under a key for people's words, or packed into a message that says it is
 * chat. (A data channel that is called `chat` is none: its description is no text in a text.)
 */
export function isQuoted(place: Place, stated: boolean): boolean {
  if (!stated && isWritten(place)) return true;
  let packed = !stated;
  let last: JsonObject | undefined;
  for (const { key, object, beside, label, carrier } of outward(place)) {
    if (SPOKEN.test(key)) return true;
    const words = [...(object === undefined || object === last ? [] : wordsOf(object)), ...(beside ?? []), label ?? ''];
    if (packed && words.some(isChat)) return true;
    packed ||= carrier === 'json' || carrier === 'base64';
    last = object ?? last;
  }
  return false;
}

/** What somebody has written, in a message that says nothing of signaling; also the body of an XMPP message (RFC 6121 5.2.3). */
function isWritten(place: Place): boolean {
  // What stands behind other words of the same text is of the same writer.
  const { key, object, carrier, up } = (place.carrier === 'prefixed' && place.up) || place;
  if (key === 'body' && up?.key === 'message' && up.carrier === 'xml') return true;
  if (!WRITTEN.test(key) || object === undefined || carrier !== undefined) return false;
  if (!AUTHOR.some((name) => Object.hasOwn(object, name))) return false;
  for (const { word } of wordsAround({ key, object, up, depth: 0 })) if (SIGNALING.test(word)) return false;
  for (const at of outward(up)) if (SIGNALING.test(at.key)) return false;
  return true;
}

function isChat(word: string): boolean {
  const tokens = tokensOf(word);
  return tokens.includes('chat') || tokens.includes('comment') || tokens[0] === 'chatmessage';
}

/** Sora's `connect` carries a description that only tells what the browser can do; it is never answered. */
export function isCapability(place: Place): boolean {
  for (const object of objectsAround(place)) {
    if (object.type === 'connect' && 'channel_id' in object && 'role' in object) return true;
  }
  return false;
}
