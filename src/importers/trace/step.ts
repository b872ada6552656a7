/** What one line of a browser's peer connection log says: webrtc-internals and rtcstats name calls and events alike. */
import type { DescriptionType, Failure, StateOf } from '../../core/event.ts';
import { candidateTarget } from '../../protocols/recogniser/candidate.ts';
import { isObject } from '../../session/lines.ts';

export interface TracedDescription {
  readonly type: DescriptionType | 'rollback';
  readonly sdp: string;
}

/** `text` is '' for the end of candidates. */
export interface TracedCandidate {
  readonly text: string;
  readonly target: { readonly mid?: string; readonly mLine?: number; readonly ufrag?: string };
}

export type Operation = 'local' | 'remote' | 'candidate' | 'createOffer' | 'createAnswer';

export type Step =
  | { readonly is: 'set'; readonly op: 'local' | 'remote'; readonly description: TracedDescription | undefined }
  | { readonly is: 'create'; readonly op: 'createOffer' | 'createAnswer' }
  | { readonly is: 'gathered'; readonly candidate: TracedCandidate }
  | { readonly is: 'added'; readonly op: 'candidate'; readonly candidate: TracedCandidate }
  /** An operation ended. `description`: what an argumentless setLocalDescription has made. */
  | {
      readonly is: 'done';
      readonly op: Operation;
      readonly error: Failure | undefined;
      readonly description: TracedDescription | undefined;
      /** Old Chrome logs a refused candidate instead of the call. */
      readonly candidate: TracedCandidate | undefined;
    }
  | { readonly is: 'state'; readonly of: StateOf; readonly value: string }
  | { readonly is: 'call'; readonly name: string; readonly args: unknown; readonly error?: Failure };

/** Undefined for what tells nothing about the negotiation: statistics, tracks, devices. Never throws. */
export function readStep(name: string, value: unknown): Step | undefined {
  const plain = name.replace(/^on/i, '');
  const key = plain.toLowerCase();
  const [, call, ending] = OPERATION.exec(key) ?? [];
  if (call !== undefined) return operationStep(OPERATIONS[call] ?? 'local', ending, value);
  if (key === 'icecandidate') {
    const candidate = readCandidate(value);
    return candidate && { is: 'gathered', candidate };
  }
  const media = MEDIA.exec(plain);
  if (media?.[2] === 'OnFailure')
    return { is: 'call', name: media[1] ?? '', args: undefined, error: readFailure(value) };
  if (media?.[2] !== undefined) return undefined;
  const of = STATES.get(key);
  if (of !== undefined) return stateStep(of, value);
  if (!CALLS.has(key)) return undefined;
  return { is: 'call', name: plain, args: PRIVATE.has(key) ? undefined : readArguments(value) };
}

const OPERATION =
  /^(createoffer|createanswer|setlocaldescription|setremotedescription|addicecandidate)(onsuccess|onfailure|failed)?$/;

/** Asking for camera, microphone or screen; that it worked needs no line of its own. */
const MEDIA = /^(getUserMedia|getDisplayMedia)(OnSuccess|OnFailure)$/;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  createoffer: 'createOffer',
  createanswer: 'createAnswer',
  setlocaldescription: 'local',
  setremotedescription: 'remote',
  addicecandidate: 'candidate',
};

const STATES: ReadonlyMap<string, StateOf> = new Map([
  ['signalingstatechange', 'signaling'],
  ['iceconnectionstatechange', 'ice'],
  ['icegatheringstatechange', 'gathering'],
  ['connectionstatechange', 'connection'],
]);

const CALLS: ReadonlySet<string> = new Set([
  ...['negotiationneeded', 'restartice', 'close', 'create', 'setconfiguration', 'icecandidateerror'],
  ...['addtrack', 'removetrack', 'addtransceiver', 'addstream', 'removestream', 'track'],
  ...['createdatachannel', 'datachannel', 'getusermedia', 'getdisplaymedia'],
]);
/** Their arguments hold credentials of TURN servers. */
const PRIVATE: ReadonlySet<string> = new Set(['create', 'setconfiguration']);

function operationStep(op: Operation, ending: string | undefined, value: unknown): Step | undefined {
  if (ending !== undefined) {
    const candidate = op === 'candidate' && ending === 'failed' ? readCandidate(value) : undefined;
    const error = ending === 'onsuccess' ? undefined : readFailure(candidate === undefined ? value : '');
    return { is: 'done', op, error, description: readDescription(value), candidate };
  }
  if (op === 'createOffer' || op === 'createAnswer') return { is: 'create', op };
  if (op !== 'candidate') return { is: 'set', op, description: readDescription(value) };
  const candidate = readCandidate(value);
  return candidate && { is: 'added', op, candidate };
}

/** `"stable"`, `stable`, and of old `SignalingStateHaveLocalOffer`. */
function stateStep(of: StateOf, value: unknown): Step | undefined {
  const text = unwrap(value);
  if (typeof text !== 'string' || text === '' || text.length > 60) return undefined;
  const word = text.replace(/^[A-Za-z]*State(?=[A-Z])/, '').replace(/([a-z])(?=[A-Z])/g, '$1-');
  return { is: 'state', of, value: word.toLowerCase() };
}

/** JSON in a text as its value, the first of several arguments; anything else as it is. */
function unwrap(value: unknown): unknown {
  const parsed = typeof value === 'string' && /^\s*[[{"]/.test(value) ? (parse(value) ?? value) : value;
  return Array.isArray(parsed) ? parsed[0] : parsed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const TYPES: ReadonlySet<unknown> = new Set(['offer', 'answer', 'pranswer', 'rollback']);

/** An RTCSessionDescriptionInit, its JSON, or Chrome's older text `type: offer, sdp: v=0…`. */
export function readDescription(value: unknown): TracedDescription | undefined {
  const read = unwrap(value);
  if (isObject(read)) {
    const { type, sdp } = read;
    if (!TYPES.has(type) || (type !== 'rollback' && typeof sdp !== 'string')) return undefined;
    return { type: type as TracedDescription['type'], sdp: typeof sdp === 'string' ? sdp : '' };
  }
  if (typeof read !== 'string') return undefined;
  const [start, type] = /^type: (offer|answer|pranswer|rollback), sdp: ?/.exec(read) ?? [];
  return start === undefined ? undefined : { type: type as TracedDescription['type'], sdp: read.slice(start.length) };
}

/** An RTCIceCandidateInit, its JSON, or `sdpMid: 0, sdpMLineIndex: 0, candidate: …, url: …`. Null ends the candidates. */
function readCandidate(value: unknown): TracedCandidate | undefined {
  const read = unwrap(value);
  if (read === null || read === 'null') return { text: '', target: {} };
  if (isObject(read)) {
    if (typeof read.candidate !== 'string') return undefined;
    return { text: read.candidate, target: candidateTarget(read) };
  }
  if (typeof read !== 'string' || !/\bcandidate: /.test(read.slice(0, 200))) return undefined;
  const parts = new Map<string, string>();
  for (const part of read.slice(0, 4096).split(', ')) {
    const colon = part.indexOf(': ');
    if (colon > 0) parts.set(part.slice(0, colon), part.slice(colon + 2));
  }
  const index = parts.get('sdpMLineIndex');
  const target = candidateTarget({ sdpMid: parts.get('sdpMid'), ...(index && { sdpMLineIndex: Number(index) }) });
  return { text: parts.get('candidate') ?? '', target };
}

function readFailure(value: unknown): Failure {
  const read = unwrap(value);
  if (isObject(read) && typeof read.message === 'string') {
    return { name: typeof read.name === 'string' ? read.name : 'Error', message: read.message };
  }
  const text = typeof read === 'string' ? read.slice(0, 1000) : '';
  const [, name, message] = /^(\w{1,40}(?:Error|Exception)): ([\s\S]*)$/.exec(text) ?? [];
  if (name !== undefined && message !== undefined) return { name, message };
  return { name: 'Error', message: text === '' ? 'no reason is given' : text };
}

/** Longer arguments would only fill the screen. */
const LONGEST = 2000;

function readArguments(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value.length > LONGEST ? undefined : (parse(value) ?? value);
  const { length } = textOf(value);
  return length === 0 || length > LONGEST ? undefined : value;
}

/** The value as recorded: text as it is, anything else as JSON; '' for what is nested too deep for that. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
