/** Objects: RTCSessionDescriptionInit, RTCIceCandidateInit and all their disguises. */
import { candidateTarget } from './candidate.ts';
import { isObject, type JsonObject, objectsAround, outward, type Place } from './found.ts';
import { inside, type Peeler } from './peeler.ts';
import { wordsAround, wordsOf } from './words.ts';

export function visitObject(peeler: Peeler, object: JsonObject, place: Place): void {
  const bytes = bufferOf(object);
  if (bytes !== undefined) {
    peeler.visit(bytes, place);
    return;
  }
  const here = inside(place, { object });
  for (const word of wordsOf(object)) peeler.hear(word, here);
  if (object.type === 'rollback' && typeof (object.sdp ?? '') === 'string') {
    peeler.finds.push({ is: 'rollback', place: here });
    return;
  }
  if (endsCandidates(peeler, object, here) || credentialsIn(peeler, object, here)) return;
  for (const word of flagsOf(object)) peeler.hear(word, here);
  const [only, ...others] = Object.keys(object);
  // `{leave: {…}}`: the only member is the name of the message.
  if (only !== undefined && others.length === 0 && isObject(object[only])) peeler.hear(only, here);
  for (const [key, value] of Object.entries(object)) peeler.visit(value, inside(place, { key, object }));
  if (object.final === true && 'candidateInit' in object) peeler.finds.push({ is: 'end', place: here });
  if (object.complete === true && Array.isArray(object.candidates)) {
    peeler.finds.push({ is: 'end', ...candidateTarget({ ufrag: object.ufrag }), place: here });
  }
}

/** A Node Buffer that went through JSON. */
function bufferOf({ type, data }: JsonObject): Uint8Array | undefined {
  if (type !== 'Buffer' || !Array.isArray(data) || data.some((byte) => typeof byte !== 'number')) return undefined;
  return Uint8Array.from(data as number[]);
}

/** Requests that are a member instead of a name. */
function* flagsOf(object: JsonObject): Generator<string> {
  if (object.renegotiate === true) yield 'renegotiate';
  if (object.userLeft === true) yield 'userLeft';
  if (isObject(object.transceiverRequest)) yield 'transceiverRequest';
  if (object.restart === true && typeof object.request === 'string') yield 'restart';
}

const CANDIDATE_KEYS = ['candidate', 'iceCandidate', 'ice_candidate', 'ice'];

/** `{candidate: null}`, `{candidate: '', sdpMid}`, `{completed: true}`, `{type: 'webrtc/candidate', value: ''}`. */
function endsCandidates(peeler: Peeler, object: JsonObject, place: Place): boolean {
  if (object.completed === true && place.up !== undefined && isUnderCandidate(place.up)) {
    peeler.finds.push({ is: 'end', place });
    return true;
  }
  const key = CANDIDATE_KEYS.find((one) => Object.hasOwn(object, one) && isNothing(object[one]));
  const empty =
    key ?? ('value' in object && isNothing(object.value) && isAboutCandidates(object) ? 'value' : undefined);
  if (empty === undefined || !isIce(object, place)) return false;
  const { mLine: _, ...whose } = candidateTarget(object);
  peeler.finds.push({ is: 'end', ...(object[empty] === '' && whose), place });
  return true;
}

const isNothing = (value: unknown): boolean => value === null || value === '';

function isUnderCandidate(place: Place): boolean {
  for (const { key } of outward(place)) if (key !== '') return /candidate/i.test(key);
  return false;
}

const ICE_MEMBERS = ['sdpMid', 'sdpMLineIndex', 'usernameFragment', 'sdp_mid', 'sdp_mline_index'];
const isAboutCandidates = (object: JsonObject): boolean => [...wordsOf(object)].some((word) => /cand|ice/i.test(word));

/** An election has candidates too: members, names around, or nothing else but an address have to say that it is ICE. */
function isIce(object: JsonObject, place: Place): boolean {
  if (ICE_MEMBERS.some((name) => Object.hasOwn(object, name)) || isAboutCandidates(object)) return true;
  for (const { word } of wordsAround(place)) if (/cand|\bice\b|trickle|signal|webrtc/i.test(word)) return true;
  for (const { key } of outward(place)) if (/cand|^ice|jsep|signal/i.test(key)) return true;
  return Object.keys(object).every((name) => CANDIDATE_KEYS.includes(name) || ADDRESS.test(name));
}

const ADDRESS = /^(?:to|from|src|dst|room\w*|target\w*|sender\w*|receiver\w*|peer\w*|user\w*|session\w*|type|id)$/i;

/** ICE parameters as mediasoup (`iceParameters`), Agora (`iceUfrag`) and other ORTC systems hand them out. */
function credentialsIn(peeler: Peeler, object: JsonObject, place: Place): boolean {
  const { usernameFragment, password, iceUfrag, icePwd } = object;
  const ufrag = typeof password === 'string' ? usernameFragment : typeof icePwd === 'string' ? iceUfrag : undefined;
  if (typeof ufrag !== 'string') return false;
  const around = [...objectsAround(place)];
  const holder = around.find((one) => Array.isArray(one.iceCandidates));
  const candidates = holder === undefined ? 0 : (holder.iceCandidates as unknown[]).length;
  const id = around.map((one) => one.transportId ?? one.transport_id ?? one.id).find((one) => typeof one === 'string');
  peeler.finds.push({ is: 'credentials', ufrag, candidates, ...(typeof id === 'string' && { of: id }), place });
  return true;
}
