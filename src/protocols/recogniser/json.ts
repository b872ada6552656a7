/** Objects: RTCSessionDescriptionInit, RTCIceCandidateInit and all their disguises. */
import { candidateTarget } from './candidate.ts';
import { isObject, type JsonObject, objectsAround, outward, type Place } from './found.ts';
import { inside, type Peeler } from './peeler.ts';
import { isAboutCandidates, senseOf } from './senses.ts';
import { tokensOf, wordsAround, wordsOf } from './words.ts';

export function visitObject(peeler: Peeler, object: JsonObject, place: Place): void {
  const bytes = bufferOf(object);
  if (bytes !== undefined) {
    peeler.visit(bytes, place);
    return;
  }
  const here = inside(place, { object });
  for (const word of wordsOf(object, isListed(place) ? NAMES : [])) peeler.hear(word, here);
  peeler.shape ??= shapeOf(object);
  if (object.type === 'rollback' && typeof (object.sdp ?? '') === 'string') {
    peeler.finds.push({ is: 'rollback', place: here });
    return;
  }
  if (endsCandidates(peeler, object, here)) return;
  const before = peeler.finds.length;
  for (const word of flagsOf(object)) peeler.hear(word, here);
  const [only, ...others] = Object.keys(object);
  // `{leave: {…}}`: the only member is the name of the message.
  if (only !== undefined && others.length === 0 && isObject(object[only])) peeler.hear(only, here);
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (typeof value === 'string' || typeof value === 'object') peeler.visit(value, inside(place, { key, object }));
  }
  if (peeler.finds.length === before) credentialsIn(peeler, object, here);
  if (object.final === true && 'candidateInit' in object) peeler.finds.push({ is: 'end', place: here });
  if (object.complete === true && Array.isArray(object.candidates)) {
    peeler.finds.push({ is: 'end', ...candidateTarget({ ufrag: object.ufrag }), place: here });
  }
}

/** What a message without a name looks like: `op 1 {d}`, `{room, users}`. */
function shapeOf(object: JsonObject): string {
  const number = NUMBERED.find((name) => typeof object[name] === 'number' && Object.hasOwn(object, name));
  const shown: string[] = [];
  for (const name in object) {
    if (name === number) continue;
    shown.push(shown.length < MOST_SHOWN ? name : '…');
    if (shown.length > MOST_SHOWN) break;
  }
  return `${number === undefined ? '' : `${number} ${object[number]} `}{${shown.join(', ')}}`;
}
/** Under which systems number their kinds of messages. */
const NUMBERED = ['op', 'type', 'Type', 't', 'action', 'cmd', 'event', 'kind', 'messageType', 'MessageType', 'msgType'];
const MOST_SHOWN = 4;

/** A Node Buffer that went through JSON. */
function bufferOf({ type, data }: JsonObject): Uint8Array | undefined {
  if (type !== 'Buffer' || !Array.isArray(data) || data.some((byte) => typeof byte !== 'number')) return undefined;
  return Uint8Array.from(data as number[]);
}

/** In a list of things these are their names, not what a message is called. */
const NAMES = ['id', 'name', 'label', 'target', 'subject'];

/** A list that is a member of something; not the arguments of an event. */
function isListed(place: Place): boolean {
  for (const { key, carrier, up } of outward(place)) {
    if (key === '' && carrier === undefined && up?.object !== undefined) return true;
  }
  return false;
}

/** What is said by a member instead of a name: `{renegotiate: true}`, `{requestOffer: 'stream'}`. */
function* flagsOf(object: JsonObject): Generator<string> {
  if (object.restart === true && typeof object.request === 'string') yield 'restart';
  for (const [key, value] of Object.entries(object).slice(0, MOST_FLAGS)) {
    const sense = value === true || typeof value === 'string' || isObject(value) ? senseOf(key) : undefined;
    if (sense === undefined) continue;
    // `{restart: true}` and `{stop: true}` are settings of anything.
    const plain = tokensOf(key).length > 1 || PLAIN.has(key);
    if (plain && (value === true || sense === 'ask')) yield key;
  }
}
const MOST_FLAGS = 30;
const PLAIN: ReadonlySet<string> = new Set(['bye', 'hangup', 'renegotiate', 'logout']);

const CANDIDATE_KEYS = ['candidate', 'iceCandidate', 'ice_candidate', 'ice'];

/** `{candidate: null}`, `{candidate: '', sdpMid}`, `{completed: true}`, `{type: 'webrtc/candidate', value: ''}`. */
function endsCandidates(peeler: Peeler, object: JsonObject, place: Place): boolean {
  if (object.completed === true && place.up !== undefined && isUnderCandidate(place.up)) {
    peeler.finds.push({ is: 'end', place });
    return true;
  }
  const key = CANDIDATE_KEYS.find((one) => Object.hasOwn(object, one) && isNothing(object[one]));
  const empty = key ?? (isCalledCandidate(object, place) ? CONTENTS.find((one) => isEmptyAt(object, one)) : undefined);
  if (empty === undefined || !isIce(object, place)) return false;
  const { mLine: _, ...whose } = candidateTarget(object);
  peeler.finds.push({ is: 'end', ...(object[empty] === '' && whose), place });
  return true;
}

/** Where the content of a message stands, if not under its own name. */
const CONTENTS = ['value', 'payload', 'data', 'body', 'content', 'sdp'];

const isEmptyAt = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key) && isNothing(object[key]);

/** By its own name; with an empty `sdp` also by that of the message around it: `{method: 'iceCandidate', params: {sdp: ''}}`. */
function isCalledCandidate(object: JsonObject, place: Place): boolean {
  const named = (word: string): boolean => /cand/i.test(word) && isAboutCandidates(word);
  if ([...wordsOf(object)].some(named)) return true;
  return object.sdp === '' && [...wordsAround(place)].some(({ word, far }) => far < 2 && named(word));
}

/** Licode says `end`. */
const isNothing = (value: unknown): boolean => value === null || value === '' || value === 'null' || value === 'end';

function isUnderCandidate(place: Place): boolean {
  for (const { key } of outward(place)) if (key !== '') return /candidate/i.test(key);
  return false;
}

const ICE_MEMBERS = ['sdpMid', 'sdpMLineIndex', 'usernameFragment', 'sdp_mid', 'sdp_mline_index'];

/** An election has candidates too: members, names around, or nothing else but an address have to say that it is ICE. */
function isIce(object: JsonObject, place: Place): boolean {
  if (ICE_MEMBERS.some((name) => Object.hasOwn(object, name))) return true;
  if ([...wordsOf(object)].some(isAboutCandidates)) return true;
  for (const { word } of wordsAround(place)) if (/cand|\bice\b|trickle|signal|webrtc/i.test(word)) return true;
  for (const { key } of outward(place)) if (/cand|^ice|jsep|signal/i.test(key)) return true;
  return Object.keys(object).every((name) => CANDIDATE_KEYS.includes(name) || ADDRESS.test(name));
}

const ADDRESS = /^(?:to|from|src|dst|room\w*|target\w*|sender\w*|receiver\w*|peer\w*|user\w*|session\w*|type|id)$/i;

/** ICE parameters as mediasoup (`iceParameters`), Agora (`iceUfrag`), Telegram (`ufrag`) and others hand them out. */
const CREDENTIALS = [
  ['usernameFragment', 'password'],
  ['iceUfrag', 'icePwd'],
  ['ufrag', 'pwd'],
  ['ice_ufrag', 'ice_pwd'],
] as const;

/** The grammar of a user fragment (RFC 8839 5.4), a little more lenient. */
const isName = (value: unknown): boolean => typeof value === 'string' && /^[\w+/=-]{3,256}$/.test(value);

function credentialsIn(peeler: Peeler, object: JsonObject, place: Place): void {
  const pair = CREDENTIALS.find(([name, secret]) => isName(object[name]) && typeof object[secret] === 'string');
  if (pair === undefined) return;
  const ufrag = object[pair[0]] as string;
  const around = [...objectsAround(place)];
  const lists = around.flatMap((one) => [one.iceCandidates, one.candidates]);
  const candidates = lists.find((list): list is unknown[] => Array.isArray(list))?.length ?? 0;
  const id = around.map((one) => one.transportId ?? one.transport_id ?? one.id).find((one) => typeof one === 'string');
  peeler.finds.push({ is: 'credentials', ufrag, candidates, ...(typeof id === 'string' && { of: id }), place });
}
