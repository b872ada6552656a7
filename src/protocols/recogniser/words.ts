/** What names of messages tell: `video-offer`, `callAccepted`, `m.call.hangup`. No word is trusted alone. */
import { isObject, type JsonObject, outward, type Place } from './found.ts';

/** Keys under which systems say what kind of message it is. */
export const DISCRIMINATORS = [
  ...['type', 'kind', 'action', 'cmd', 'command', 'event', 'ev', 'id', 'method', 'op', 'msg', 'msgType', 'messageType'],
  ...[
    'MessageType',
    'janus',
    'name',
    'target',
    'request',
    'label',
    '_type',
    'signalType',
    'eventType',
    'eventName',
    'fn',
    'subject',
    'operation',
  ],
  ...['Type', 'Action', 'Event', 'Kind', 'Command', 'Method'],
];

const CAMEL = /^[a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,5}$/;

/** The words of the discriminators an object has, but for those that are told to be something else here. */
export function* wordsOf(object: JsonObject, but: readonly string[] = []): Generator<string> {
  for (const key of DISCRIMINATORS) {
    if (but.includes(key)) continue;
    const word = object[key];
    if (typeof word === 'string' && word !== '' && word.length <= 80 && Object.hasOwn(object, key)) yield word;
  }
  // Elsewhere it is what people say.
  if (typeof object.message === 'string' && CAMEL.test(object.message)) yield object.message;
}

/** Where the kind of a message stands beside what it holds: `{header: {type: 'offer'}, msg: {sdp}}`. */
const HEADS = ['header', 'head', 'meta', 'metadata', 'envelope'];

/** The words in an object's own head. */
function* headWords(object: JsonObject): Generator<string> {
  for (const key of HEADS) {
    const head = object[key];
    if (isObject(head)) yield* wordsOf(head);
  }
}

/** `callAccepted`, `call:accepted` and `CALL_ACCEPTED` are the same two tokens. */
export function tokensOf(word: string): readonly string[] {
  return word
    .slice(0, 120)
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((token) => token !== '');
}

export interface Told {
  readonly type: 'offer' | 'answer';
  /** It says so by name, not in a manner of speaking (`call-user`, `accept`). */
  readonly plain: boolean;
}

const OFFER = /^(?:re)?(?:sdp)?offer(?:s|er|ed)?$/;
const ANSWER = /^(?:re)?(?:sdp)?(?:answer(?:s|er|ed)?|ans)$/;
const OFFERING =
  /\b(?:invite|reinvite|invitation|call ?user|nego needed|incoming call|incomming call|start call|make call|initiate)\b/;
const ANSWERING = /\b(?:accept|accepted|nego done|acceptance)\b/;

/** What a name tells; undefined if it tells nothing, or both. */
export function toldBy(word: string): Told | undefined {
  const tokens = tokensOf(word);
  const [offers, answers] = [tokens.some((token) => OFFER.test(token)), tokens.some((token) => ANSWER.test(token))];
  if (offers !== answers) return { type: offers ? 'offer' : 'answer', plain: true };
  if (offers) return undefined;
  const phrase = tokens.join(' ');
  const [offering, answering] = [OFFERING.test(phrase), ANSWERING.test(phrase)];
  return offering === answering ? undefined : { type: offering ? 'offer' : 'answer', plain: false };
}

/** The words around a place, with how far away they stand: a name is 0 when it is beside the value itself. */
export function* wordsAround(place: Place): Generator<{ readonly word: string; readonly far: number }> {
  let far = 0;
  let last: JsonObject | undefined;
  for (const { object, beside, label } of outward(place)) {
    if (far > 6) return;
    if (object !== undefined && object !== last) {
      for (const word of wordsOf(object)) yield { word, far };
      for (const word of headWords(object)) yield { word, far: far + 1 };
      last = object;
    }
    for (const word of beside ?? []) yield { word, far };
    if (label !== undefined && label !== '') yield { word: label, far: far + 1.5 };
    far += 1;
  }
}
