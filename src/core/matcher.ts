/**
 * Which messages are meant, as the interception rules of a proxy say it: a kind, what it must have in brackets, and words
 * around it. `offer`, `candidate[relay]`, `offer[mid=2]`, `s2c answer`, `message["hello"]`, `from=app-2 candidate`.
 */
import { RenegoError } from './errors.ts';
import type { PartyId, Signal } from './event.ts';

/** A message on its way. */
export interface Passing {
  /** From the client to the server. */
  readonly out: boolean;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly link: string;
  readonly raw: string;
  readonly signals: readonly Signal[];
}

export type Matcher = (passing: Passing) => boolean;

const DESCRIPTIONS = ['offer', 'answer', 'pranswer'];
/** Kinds, and the types of signals they mean; `message` is every one. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  offer: ['offer'],
  answer: ['answer'],
  pranswer: ['pranswer'],
  description: DESCRIPTIONS,
  /** What negotiates: descriptions, candidates, goodbyes. */
  negotiation: [...DESCRIPTIONS, 'candidate', 'end-of-candidates', 'rollback', 'bye'],
  candidate: ['candidate'],
  'end-of-candidates': ['end-of-candidates'],
  rollback: ['rollback'],
  bye: ['bye'],
  presence: ['presence'],
  request: ['request'],
  response: ['response'],
  notify: ['notify'],
  other: ['other'],
};
const TYPES = ['host', 'srflx', 'prflx', 'relay'];
const TRANSPORTS = ['udp', 'tcp'];

type SignalTest = (signal: Signal) => boolean;

/** Reads a matcher. Throws RenegoError `usage`/`MATCH_SYNTAX` that says which part is wrong. */
export function parseMatcher(text: string): Matcher {
  const tests = tokens(text).map((token) => readToken(token, text));
  if (tests.length === 0) throw wrong(text, 'it says nothing', 'Name a kind: offer, answer, candidate, message, …');
  return (passing) => tests.every((test) => test(passing));
}

/** Words, with their brackets and quotes. */
function tokens(text: string): readonly string[] {
  return text.match(/(?:[^\s["]|"[^"]*"|\[[^\]]*\]?)+/g) ?? [];
}

function readToken(token: string, whole: string): Matcher {
  if (token === 'c2s') return ({ out }) => out;
  if (token === 's2c') return ({ out }) => !out;
  const [, name, value] = /^(from|to|link|text)[=:](.+)$/.exec(token) ?? [];
  if (name !== undefined) return named(name, unquoted(value ?? ''));
  const [, kind = '', inside] = /^([\w-]+)(?:\[(.*)\])?$/.exec(token) ?? [];
  const arguments_ = inside === undefined ? [] : splitArguments(inside);
  if (kind === 'message') return everyText(arguments_, whole);
  const types = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (types === undefined) {
    const known = `There are ${Object.keys(KINDS).join(', ')} and message; c2s, s2c, from=, to=, link= and text=.`;
    throw wrong(whole, `there is no '${token}'`, known);
  }
  const tests = arguments_.map((argument) => readArgument(argument, whole));
  return (passing) =>
    passing.signals.some((signal) => types.includes(signal.type) && tests.every((test) => test(signal, passing)));
}

function named(name: string, value: string): Matcher {
  if (name === 'text') return ({ raw }) => raw.includes(value);
  return (passing) => passing[name as 'from' | 'to' | 'link'] === value;
}

function everyText(texts: readonly string[], whole: string): Matcher {
  const wanted = texts.map((text) => {
    if (!/^".*"$/.test(text)) throw wrong(whole, `message[${text}]`, 'Write a text in quotes: message["hello"].');
    return unquoted(text);
  });
  return ({ raw }) => wanted.every((text) => raw.includes(text));
}

const splitArguments = (inside: string): readonly string[] => inside.match(/(?:[^\s,"]|"[^"]*")+/g) ?? [];
const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1');

function readArgument(argument: string, whole: string): (signal: Signal, passing: Passing) => boolean {
  if (argument === 'c2s' || argument === 's2c') return (_signal, { out }) => out === (argument === 'c2s');
  if (/^".*"$/.test(argument)) return onSignal((signal) => textOf(signal).includes(unquoted(argument)));
  const [, name, value = ''] = /^(mid|ufrag|method)=(.+)$/.exec(argument) ?? [];
  if (name !== undefined) return onSignal((signal) => fieldIs(signal, name, unquoted(value)));
  if (TYPES.includes(argument)) return onSignal((signal) => candidateWord(signal, 7) === argument);
  if (TRANSPORTS.includes(argument)) return onSignal((signal) => candidateWord(signal, 2) === argument);
  const hint = `In brackets: ${[...TYPES, ...TRANSPORTS].join(', ')}, mid=…, ufrag=…, method=…, c2s, s2c or a "text".`;
  throw wrong(whole, `there is no '${argument}' in brackets`, hint);
}

const onSignal = (test: SignalTest) => test;

/** The n-th word of a candidate line: 2 is the transport, 7 what stands after `typ`. */
function candidateWord(signal: Signal, index: number): string | undefined {
  if (signal.type !== 'candidate') return undefined;
  return signal.candidate.split(' ')[index]?.toLowerCase();
}

function fieldIs(signal: Signal, name: string, value: string): boolean {
  if (name === 'mid' && 'sdp' in signal) return signal.sdp.split(/\r?\n/).includes(`a=mid:${value}`);
  if (name === 'ufrag' && 'sdp' in signal) return signal.sdp.split(/\r?\n/).includes(`a=ice-ufrag:${value}`);
  return (signal as unknown as Readonly<Record<string, unknown>>)[name] === value;
}

function textOf(signal: Signal): string {
  if ('sdp' in signal) return signal.sdp;
  if (signal.type === 'candidate') return signal.candidate;
  if (signal.type === 'other') return signal.label;
  return 'method' in signal ? signal.method : '';
}

function wrong(text: string, why: string, hint: string): RenegoError {
  return new RenegoError('usage', 'MATCH_SYNTAX', `'${text}': ${why}`, hint);
}
