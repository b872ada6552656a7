/** What names of messages tell: `video-offer`, `callAccepted`, `m.call.hangup`. No word is trusted alone. */
import { type JsonObject, outward, type Place } from './found.ts';

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
    'fn',
    'subject',
  ],
];

/** The words of the discriminators an object has. */
export function* wordsOf(object: JsonObject): Generator<string> {
  for (const key of DISCRIMINATORS) {
    const word = object[key];
    if (typeof word === 'string' && word !== '' && word.length <= 80 && Object.hasOwn(object, key)) yield word;
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

/** Words that say nothing by themselves: whose message it is, not what it is. */
const FILLERS = new Set([
  ...['webrtc', 'rtc', 'signal', 'signaling', 'client', 'custom', 'com', 'm', 'verto', 'video', 'audio', 'voice', 'on'],
  ...['peer', 'telnyx'],
]);
const BYES = new Set([
  ...['bye', 'hangup', 'hang up', 'leave', 'close', 'stop', 'end session', 'endsession', 'session terminate'],
  ...['call hangup', 'call hang up', 'call end', 'call ended', 'end call', 'endcall', 'callended', 'call bye'],
  ...['call leave', 'call close', 'call stop', 'call terminate', 'call reject', 'terminate', 'stop communication'],
  ...[
    'stopcommunication',
    'disconnect peer',
    'close connection',
    'leave call',
    'stop call',
    'session end',
    'hungup',
    'user left',
  ],
]);
const ASKS = new Set([
  ...['renegotiate', 'renegotiation', 'negotiation needed', 'negotiationneeded', 'need offer', 'request offer'],
  ...['requestoffer', 'ice restart', 'icerestart', 'restart ice', 'restartice', 'transceiver request', 'create offer'],
  ...['signal restart', 'restart', 'request renegotiation', 'transceiverrequest', 'send offer', 'sendoffer'],
]);
const ENDS = new Set(['end of candidates', 'endofcandidates', 'candidates end', 'ice end', 'ice gathering complete']);

export type Sense = 'bye' | 'ask' | 'end';

/** What a word says of a call when no description comes with it. */
export function senseOf(word: string): Sense | undefined {
  const tokens = tokensOf(word);
  const full = tokens.join(' ');
  const bare = tokens.filter((token) => !FILLERS.has(token)).join(' ');
  for (const phrase of [full, bare]) {
    if (BYES.has(phrase)) return 'bye';
    if (ENDS.has(phrase)) return 'end';
    if (ASKS.has(phrase)) return 'ask';
  }
  return undefined;
}

/** The words around a place, with how far away they stand: a name is 0 when it is beside the value itself. */
export function* wordsAround(place: Place): Generator<{ readonly word: string; readonly far: number }> {
  let far = 0;
  let last: JsonObject | undefined;
  for (const { object, beside, label } of outward(place)) {
    if (far > 6) return;
    if (object !== undefined && object !== last) {
      for (const word of wordsOf(object)) yield { word, far };
      last = object;
    }
    for (const word of beside ?? []) yield { word, far };
    if (label !== undefined && label !== '') yield { word: label, far: far + 1.5 };
    far += 1;
  }
}
