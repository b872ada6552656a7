/** What a message means, as a word to compare: an offer is an offer, whatever its bytes. */
import type { HttpCarriage, Signal } from '../../core/event.ts';
import { hashOf } from '../../core/hash.ts';
import { readOpening } from './engine-io.ts';
import type { Step } from './step-list.ts';

/**
 * How much a message matters: a negotiation waits for what is `awaited`; `greeting`s (ids, lists, receipts) are waited for
 * shortly, because what is said next may need what they bring; candidates and the rest pass by.
 */
export type Weight = 'awaited' | 'greeting' | 'passing';

export function meaningOf(signals: readonly Signal[], ours: Ours): string {
  return signals.map((signal) => wordOf(signal, ours)).join(' ') || 'nothing';
}

/**
 * Candidates and descriptions that the replay says itself: where they have to arrive, each of them is awaited, unchanged.
 * Those of living peers are others in every run.
 */
export interface Ours {
  has(text: string): boolean;
}

/**
 * What is said, then heard: what is heard first is somebody else's, also where it is passed on afterwards. What a recording
 * that was ended never heard arrive does not have to, and may. Reads the steps once; `met` is shown each of them.
 */
export function oursAmong(steps: Iterable<Step>, met: (step: Step) => void): Ours {
  /** What was done with the text that has this hash. */
  const done = new Map<number, Step['do'] | 'both'>();
  for (const step of steps) {
    met(step);
    for (const signal of step.signals) {
      const text = signal.type === 'candidate' ? signal.candidate : 'sdp' in signal ? signal.sdp : undefined;
      if (text === undefined) continue;
      const hash = hashOf(text);
      const before = done.get(hash);
      if (before === undefined) done.set(hash, step.do);
      else if (before === 'say' && step.do === 'hear') done.set(hash, 'both');
    }
  }
  return { has: (text) => done.get(hashOf(text)) === 'both' };
}

function wordOf(signal: Signal, ours: Ours): string {
  switch (signal.type) {
    case 'candidate':
      return ours.has(signal.candidate) ? `candidate ${signal.candidate}` : 'candidate';
    case 'request':
    case 'response':
    case 'notify':
      return `${signal.type} ${signal.method}`;
    case 'presence':
      return `presence ${signal.change}`;
    case 'other':
      return `other ${signal.label}`;
    default:
      return signal.type;
  }
}

const AWAITED = new Set<Signal['type']>(['offer', 'answer', 'pranswer', 'rollback', 'bye']);

/** What is weighed: a message, and the exchange that carried it if that was HTTP. */
export interface Weighed {
  readonly signals: readonly Signal[];
  readonly http?: HttpCarriage;
  readonly raw?: string;
}

export function weightOf({ signals, http, raw }: Weighed, ours: Ours): Weight {
  if (signals.some((signal) => isAwaited(signal, ours))) return 'awaited';
  // A response always comes.
  if (http?.status !== undefined) return 'awaited';
  if (raw !== undefined && readOpening(raw) !== undefined) return 'greeting';
  const told = http === undefined ? signals : signals.filter(({ type }) => type !== 'request');
  const passing = told.every(({ type }) => type === 'candidate' || type === 'end-of-candidates' || type === 'other');
  return passing && (http === undefined || told.length > 0) ? 'passing' : 'greeting';
}

function isAwaited(signal: Signal, ours: Ours): boolean {
  return AWAITED.has(signal.type) || (signal.type === 'candidate' && ours.has(signal.candidate));
}

/** Characters of a candidate in a sentence. */
const MAX_NAME = 120;

/** In a sentence: `offer`, `answer`, `notify userlist`, `response to DELETE`. */
export function nameOf({ signals, http }: Weighed): string {
  const awaited = signals.filter(({ type }) => AWAITED.has(type)).map(({ type }) => type);
  if (awaited.length > 0) return awaited.join(' and ');
  const candidate = signals.find((signal) => signal.type === 'candidate');
  if (candidate !== undefined) return `candidate '${shortened(candidate.candidate)}'`;
  if (http?.status !== undefined) return `response to ${http.method}`;
  return meaningOf(signals, new Set());
}

/** What comes behind the type of a candidate (RFC 8839 5.1) tells it from no other. */
const shortened = (candidate: string): string => candidate.replace(/( typ \w+) .*$/s, '$1').slice(0, MAX_NAME);
