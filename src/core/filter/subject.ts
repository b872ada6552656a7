/** What a filter looks at: an event of the log, or a message on its way through a proxy. */
import type { PartyId, PcId, Signal } from '../event.ts';
import { factsOf } from './facts.ts';

export type Way = 'c2s' | 's2c';

/** ICE credentials of one side: which ones in a row, whether this message brings them, whether they are out of date. */
export interface IceFact {
  readonly generation: number;
  readonly restart: boolean;
  readonly stale: boolean;
}

export interface FoundFact {
  readonly rule: string;
  readonly severity: string;
}

export interface Subject {
  readonly kind: string;
  readonly signals: readonly Signal[];
  readonly from: PartyId;
  readonly to: PartyId;
  readonly link: string | undefined;
  readonly protocol: string | undefined;
  readonly way: Way | undefined;
  /** Milliseconds of the session; undefined where it is not known yet, as the next two. */
  readonly t: number | undefined;
  readonly seq: number | undefined;
  /** Number of the round of offer and answer it belongs to. */
  readonly round: number | undefined;
  readonly pcs: readonly PcId[];
  /** The message as it was sent; '' for what is no message. */
  readonly raw: string;
  /** What a row of the ladder says about it. */
  shown(): string;
  ice(): readonly IceFact[];
  findings(): readonly FoundFact[];
}

/** The same subject as if it carried this signal only: what stands in brackets is asked of it. */
export function narrowed(subject: Subject, signal: Signal): Subject {
  const text = factsOf(signal).text;
  return { ...subject, signals: [signal], raw: text, shown: () => text, ice: subject.ice, findings: subject.findings };
}
