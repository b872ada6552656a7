/** Makes the record of a candidate that was sent by itself: its text stays in the event. */
import { parseCandidate } from '../sdp/candidate.ts';
import type { Candidate } from '../sdp/sdp.ts';
import type { CandidateRecord, IceGeneration } from './model.ts';
import { createRecent } from './recent.ts';
import { type SignalPlace, signalIn } from './signal-text.ts';

/** What a candidate message said, before it is known where it belongs. */
export type CandidateInput = Pick<CandidateRecord, 'seq' | 't' | 'pc' | 'from' | 'to' | 'text' | 'mid' | 'mLine'> & {
  readonly ufrag: string | undefined;
};

/** Parsed candidates that are kept for a while. */
const KEPT = 4000;

const parsed = createRecent<CandidateRecord, { readonly candidate: Candidate | undefined }>(KEPT);

/** A class, because there are very many of them: what is read from the event takes no room in each. */
class Sent implements CandidateRecord {
  readonly seq: number;
  readonly t: number;
  pc: string;
  from: string;
  to: string;
  readonly mid: string | undefined;
  readonly mLine: number | undefined;
  readonly usernameFragment: string | undefined;
  generation: IceGeneration | undefined;
  early: boolean;
  readonly stale: boolean;
  readonly #events: SignalPlace['events'];
  readonly #at: number;

  constructor(input: CandidateInput, generation: IceGeneration | undefined, { events, at }: SignalPlace) {
    this.seq = input.seq;
    this.t = input.t;
    this.pc = input.pc;
    this.from = input.from;
    this.to = input.to;
    this.mid = input.mid;
    this.mLine = input.mLine;
    this.usernameFragment = input.ufrag;
    this.generation = generation;
    this.early = generation === undefined;
    this.stale = generation?.state === 'obsolete' || generation?.state === 'void';
    this.#events = events;
    this.#at = at;
  }

  get text(): string {
    const signal = signalIn({ events: this.#events, seq: this.seq, at: this.#at });
    return signal?.type === 'candidate' ? signal.candidate : '';
  }

  get candidate(): Candidate | undefined {
    const known = parsed.get(this);
    if (known !== undefined) return known.candidate;
    const candidate = parseCandidate(this.text);
    parsed.set(this, { candidate });
    return candidate;
  }
}

/** `generation` is where it belongs, if that is known yet. */
export function createCandidate(
  input: CandidateInput,
  generation: IceGeneration | undefined,
  place: SignalPlace,
): CandidateRecord {
  return new Sent(input, generation, place);
}
