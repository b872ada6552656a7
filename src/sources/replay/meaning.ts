/** What a message means, as a word to compare: an offer is an offer, whatever its bytes. */
import type { Signal } from '../../core/event.ts';

/**
 * How much a message matters: a negotiation waits for what is `awaited`; `greeting`s (ids, lists, receipts) are waited for
 * shortly, because what is said next may need what they bring; candidates and the rest pass by.
 */
export type Weight = 'awaited' | 'greeting' | 'passing';

export function meaningOf(signals: readonly Signal[], ours: Ours): string {
  return signals.map((signal) => wordOf(signal, ours)).join(' ') || 'nothing';
}

/**
 * Candidates that the replay says itself: where they have to arrive, each of them is awaited. Those of living peers are
 * others in every run.
 */
export type Ours = ReadonlySet<string>;

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

export function weightOf(signals: readonly Signal[], ours: Ours): Weight {
  if (signals.some((signal) => isAwaited(signal, ours))) return 'awaited';
  const passing = signals.every(({ type }) => type === 'candidate' || type === 'end-of-candidates' || type === 'other');
  return passing ? 'passing' : 'greeting';
}

function isAwaited(signal: Signal, ours: Ours): boolean {
  return AWAITED.has(signal.type) || (signal.type === 'candidate' && ours.has(signal.candidate));
}

/** In a sentence: `offer`, `answer`, `notify userlist`. */
export function nameOf(signals: readonly Signal[]): string {
  const awaited = signals.filter(({ type }) => AWAITED.has(type)).map(({ type }) => type);
  if (awaited.length > 0) return awaited.join(' and ');
  const candidate = signals.find((signal) => signal.type === 'candidate');
  return candidate === undefined ? meaningOf(signals, new Set()) : `candidate '${candidate.candidate.slice(0, 80)}'`;
}
