/** Is it WebRTC signaling at all? Descriptions also travel in statistics, in chat, and there is other SDP than WebRTC's. */
import { isObject, type JsonObject, objectsAround, outward, type Place } from './found.ts';
import { tokensOf, wordsOf } from './words.ts';

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
const REPORTS = ['breadcrumbs', 'sentry_key', 'logLevel', 'stacktrace', 'ddsource', 'updateLog', 'PeerConnections'];

/** Whether what is found is in an upload of statistics, logs or errors. */
export function isTelemetry(place: Place): boolean {
  for (const { object, beside, label } of outward(place)) {
    if (beside?.some((word) => LOGGED.test(word)) || (label !== undefined && LOGGED.test(label))) return true;
    if (object === undefined) continue;
    if (REPORTS.some((name) => Object.hasOwn(object, name))) return true;
    for (const name of ['type', 'method', 'event', 'name', 'eventType', 'action']) {
      const word = object[name];
      if (typeof word === 'string' && LOGGED.test(word)) return true;
    }
    const { sdk } = object;
    if (isObject(sdk) && typeof sdk.name === 'string' && /sentry|datadog|callstats/i.test(sdk.name)) return true;
  }
  return false;
}

/** Addresses of services that collect statistics. */
export function isTelemetryUrl(url: string): boolean {
  return /\/(?:rtc-?stats|callstats|envelope\/?(?:$|\?)|api\/v\d\/rum|telemetry)|\/\/[^/]*(?:callstats\.io|sentry\.io|browser-intake-datadog|rtcstats)/i.test(
    url,
  );
}

/** Keys under which people's words stand. */
const SPOKEN = /^(?:text|comment|caption|markdown|html|question|chat|chatMessage|messageText|note)$/i;

/**
 * Whether somebody quotes a description in a chat: under a key for people's words, or packed into a message that says it is
 * chat. (A data channel that is called `chat` is none: its description is no text in a text.)
 */
export function isQuoted(place: Place, stated: boolean): boolean {
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
