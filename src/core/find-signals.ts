/**
 * Finds descriptions and candidates in any JSON, at any depth, also in JSON inside strings. No protocol needed:
 * SDP and candidate lines look like nothing else. Bounded in depth and number of values, whatever is fed to it.
 */
import type { DescriptionType } from './event.ts';

/** A signal without the peer connection it is for, which only the carrier knows. */
export type FoundSignal =
  | { readonly type: DescriptionType; readonly sdp: string }
  | { readonly type: 'rollback' }
  | {
      readonly type: 'candidate';
      readonly candidate: string;
      readonly mid?: string;
      readonly mLine?: number;
      readonly ufrag?: string;
    }
  | { readonly type: 'end-of-candidates'; readonly mid?: string; readonly ufrag?: string }
  | { readonly type: 'bye' };

type JsonObject = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 9;
const MAX_VALUES = 20_000;
/** How much may stand before JSON in a text frame: a Socket.IO packet type, a room name. */
const MAX_PREFIX = 64;
const SDP = /^\s*v=0\s*(?:\r?\n|\\r\\n|\\n)/;
const CANDIDATE = /^(?:a=)?candidate:\S{1,32} \d+ \S+ \d+ \S+ \d+ typ \S+/;
const GOODBYES = new Set(['bye', 'hangup', 'hang-up', 'leave', 'close', 'endsession', 'session-terminate']);
const TYPE_KEYS = ['type', 'kind', 'action', 'cmd', 'command', 'event', 'method', 'op', 'msgType', 'messageType'];

/** A signal and the objects around it, outermost first: who and which peer connection it is for stands there. */
export interface FoundInContext {
  readonly signal: FoundSignal;
  readonly around: readonly JsonObject[];
}

interface Search {
  readonly found: FoundInContext[];
  left: number;
}

/** All signals in a text: plain SDP, a candidate line, or JSON that holds some. [] if there is none. Never throws. */
export function findSignalsInText(text: string): FoundSignal[] {
  return findInText(text).map(({ signal }) => signal);
}

/** The same, with what stands around each. */
export function findInText(text: string): FoundInContext[] {
  const search: Search = { found: [], left: MAX_VALUES };
  visitText(search, text, []);
  return search.found;
}

/** All signals in a JSON value, in the order they stand. */
export function findSignals(value: unknown): FoundSignal[] {
  return findInJson(value).map(({ signal }) => signal);
}

/** The same, with what stands around each. */
export function findInJson(value: unknown): FoundInContext[] {
  const search: Search = { found: [], left: MAX_VALUES };
  visit(search, value, []);
  if (search.found.length === 0 && isObject(value) && saysGoodbye(value))
    return [{ signal: { type: 'bye' }, around: [value] }];
  return search.found;
}

function push(search: Search, signal: FoundSignal, path: Path, own?: JsonObject): void {
  const around = [...path.map(({ object }) => object), own].filter((object) => object !== undefined);
  search.found.push({ signal, around });
}

/** `path`: the objects and keys above, nearest last. */
type Path = readonly { readonly key: string; readonly object: JsonObject | undefined }[];

function visit(search: Search, value: unknown, path: Path): void {
  search.left -= 1;
  if (search.left < 0 || path.length > MAX_DEPTH) return;
  if (typeof value === 'string') visitText(search, value, path);
  else if (Array.isArray(value))
    for (const item of value) visit(search, item, [...path, { key: '', object: undefined }]);
  else if (isObject(value)) visitObject(search, value, path);
}

function visitObject(search: Search, object: JsonObject, path: Path): void {
  if (object.type === 'rollback' && typeof (object.sdp ?? '') === 'string') {
    push(search, { type: 'rollback' }, path, object);
    return;
  }
  if (Object.hasOwn(object, 'candidate') && readCandidate(search, object, path)) return;
  for (const [key, value] of Object.entries(object)) visit(search, value, [...path, { key, object }]);
}

/** An RTCIceCandidateInit, or one wrapped: `{candidate: null}`, `{candidate: '…', sdpMid}`, `{candidate: {candidate…}}`. */
function readCandidate(search: Search, object: JsonObject, path: Path): boolean {
  const { candidate } = object;
  if (candidate !== null && typeof candidate !== 'string') return false;
  if (typeof candidate === 'string' && candidate !== '' && !CANDIDATE.test(candidate)) return false;
  const target = candidateTarget(object);
  if (candidate === null || candidate === '') {
    const { mLine: _, ...whose } = target;
    push(search, { type: 'end-of-candidates', ...(candidate === '' && whose) }, path, object);
  } else push(search, { type: 'candidate', candidate, ...target }, path, object);
  return true;
}

/**
 * Which section and credentials a candidate is for. Identifiers are text, whatever JSON made of them. An empty mid names
 * none: browsers then take the index, the first section without one.
 */
export function candidateTarget(init: JsonObject): { mid?: string; mLine?: number; ufrag?: string } {
  const index = init.sdpMLineIndex ?? init.mLineIndex ?? init.label;
  const mid = init.sdpMid ?? init.mid ?? (typeof index === 'number' ? init.id : undefined);
  const ufrag = init.usernameFragment ?? init.ufrag;
  if (mid === '') return candidateTarget({ sdpMLineIndex: index ?? 0, ...(ufrag !== undefined && { ufrag }) });
  return {
    ...((typeof mid === 'string' || typeof mid === 'number') && { mid: String(mid) }),
    ...(typeof index === 'number' && Number.isInteger(index) && { mLine: index }),
    ...(typeof ufrag === 'string' && ufrag !== '' && { ufrag }),
  };
}

function visitText(search: Search, text: string, path: Path): void {
  if (CANDIDATE.test(text)) push(search, { type: 'candidate', candidate: text }, path);
  else if (SDP.test(text)) pushDescription(search, text, path);
  else if (path.length < MAX_DEPTH) visitPayload(search, text, path);
}

/** JSON inside the text, also behind a short prefix (`42["offer",…]`); else SDP as the body of something else (SIP). */
function visitPayload(search: Search, text: string, path: Path): void {
  const start = text.slice(0, MAX_PREFIX).search(/[[{"]/);
  const value = start < 0 ? undefined : parse(text.slice(start));
  if (value !== undefined) {
    visit(search, value, [...path, { key: '', object: undefined }]);
    return;
  }
  const body = text.search(/^v=0\r?$/m);
  if (body > 0) pushDescription(search, text.slice(body), path);
}

function pushDescription(search: Search, text: string, path: Path): void {
  const sdp = text.includes('\n') ? text : text.replaceAll('\\r', '\r').replaceAll('\\n', '\n');
  push(search, { type: descriptionType(sdp, path), sdp }, path);
}

/**
 * Offer or answer? The `type` beside the SDP counts most, then what the SDP itself says (`a=setup:actpass` is not
 * allowed in an answer, a fixed role is rare in an offer), then words around it.
 */
function descriptionType(sdp: string, path: Path): DescriptionType {
  const beside = path.at(-1)?.object?.type;
  if (beside === 'offer' || beside === 'answer' || beside === 'pranswer') return beside;
  return typeByContent(sdp) ?? typeByWords(path) ?? 'offer';
}

/** What the DTLS role tells: `actpass` offers, `active` or `passive` answers (RFC 8842 5.2, 5.3). */
export function typeByContent(sdp: string): 'offer' | 'answer' | undefined {
  if (/^a=setup:actpass\s*$/m.test(sdp)) return 'offer';
  return /^a=setup:(?:active|passive)\s*$/m.test(sdp) ? 'answer' : undefined;
}

function typeByWords(path: Path): 'offer' | 'answer' | undefined {
  for (const { key, object } of [...path].reverse()) {
    const words = [key, ...TYPE_KEYS.map((name) => object?.[name])];
    for (const word of words) {
      if (typeof word !== 'string') continue;
      const [offers, answers] = [/offer|invite|call/i.test(word), /answer|accept/i.test(word)];
      if (offers !== answers) return offers ? 'offer' : 'answer';
    }
  }
  return undefined;
}

function saysGoodbye(object: JsonObject): boolean {
  return TYPE_KEYS.some((key) => {
    const word = object[key];
    return typeof word === 'string' && GOODBYES.has(word.toLowerCase());
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
