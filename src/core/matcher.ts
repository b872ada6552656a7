/** Which messages on their way through a proxy are meant: the language of filters, without what only the log can tell. */
import { RenegoError } from './errors.ts';
import type { PartyId, Signal } from './event.ts';
import type { IceFact, Subject } from './filter/subject.ts';
import { readTest } from './filter/syntax.ts';
import { type Saved, underlined } from './filter.ts';

/** A message on its way. */
export interface Passing {
  /** From the client to the server. */
  readonly out: boolean;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly link: string;
  readonly protocol: string;
  readonly raw: string;
  readonly signals: readonly Signal[];
  /** Milliseconds of the session. */
  readonly t?: number;
  /** The credentials in it, as far as they have been followed (filter/passing-ice.ts). */
  readonly ice?: readonly IceFact[];
}

export type Matcher = (passing: Passing) => boolean;

/** Reads a matcher. Throws RenegoError `usage`/`MATCH_SYNTAX` that shows which part is wrong. */
export function parseMatcher(text: string, saved: Saved = {}): Matcher {
  const test = readTest(text, { passing: true, saved });
  if (test === undefined) {
    throw new RenegoError(
      'usage',
      'MATCH_SYNTAX',
      `'${text}' says nothing`,
      'Name a kind: offer, answer, candidate, message, …',
    );
  }
  if (typeof test !== 'function') {
    throw new RenegoError('usage', 'MATCH_SYNTAX', test.message, underlined(text, test));
  }
  return (passing) => test(subjectOf(passing));
}

function subjectOf({ out, from, to, link, protocol, raw, signals, t, ice = [] }: Passing): Subject {
  return {
    kind: 'message',
    signals,
    from,
    to,
    link,
    protocol,
    way: out ? 'c2s' : 's2c',
    t,
    seq: undefined,
    round: undefined,
    pcs: signals.flatMap((signal) => ('pc' in signal && signal.pc !== undefined ? [signal.pc] : [])),
    raw,
    shown: () => raw,
    ice: () => ice,
    findings: () => [],
  };
}
