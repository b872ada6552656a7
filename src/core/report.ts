/** The JSON of `renego show --json` (schema 1): fields are only ever added. */
import type { Change } from '../sdp/change.ts';
import { changesOf } from './changes.ts';
import type { PartyId, PcId, SessionHeader, Signal, SignalEvent } from './event.ts';
import type { Model, Round, RoundCause, RoundState } from './model.ts';

/** One round, as in `negotiations`. */
export interface NegotiationJson {
  readonly pc: PcId;
  readonly cause: RoundCause;
  /** Event numbers. */
  readonly offer: number;
  readonly answer: number | null;
  readonly offerer: PartyId;
  readonly answerer: PartyId;
  readonly state: RoundState;
  /** What the offer changes against what was negotiated before. */
  readonly changes: readonly Change[];
}

export interface ShowJson {
  readonly schema: 1;
  readonly source: Omit<SessionHeader, 'parties'>;
  readonly parties: readonly PartyId[];
  readonly events: readonly object[];
  readonly negotiations: readonly NegotiationJson[];
  readonly findings: readonly unknown[];
}

/** A whole conversation. `findings` are handed through as they are. */
export function showJson(
  header: SessionHeader,
  model: Model,
  { findings = [] }: { readonly findings?: readonly unknown[] } = {},
): ShowJson {
  const { parties: _, ...source } = header;
  const rounds = [...model.sessions.values()].flatMap((session) => session.rounds);
  return {
    schema: 1,
    source,
    parties: model.parties.filter((party) => party !== ''),
    events: model.events.map((event) => eventJson(model, event)),
    negotiations: rounds.sort((a, b) => a.offer.seq - b.offer.seq).map(negotiationJson),
    findings,
  };
}

export function negotiationJson(round: Round): NegotiationJson {
  return {
    pc: round.pc,
    cause: round.cause,
    offer: round.offer.seq,
    answer: round.answer?.seq ?? null,
    offerer: round.offerer,
    answerer: round.answerer,
    state: round.state,
    changes: changesOf(round.offer),
  };
}

/** An event as it is in the log; a message's signals with all that is known of them. */
function eventJson(model: Model, event: SignalEvent): object {
  if (event.kind !== 'message') return event;
  const descriptions = [...(model.described.get(event.seq) ?? [])];
  const candidates = [...(model.gathered.get(event.seq) ?? [])];
  const signals = event.signals.map((signal): Signal => {
    if (signal.type === 'offer' || signal.type === 'answer' || signal.type === 'pranswer') {
      return { ...signal, pc: descriptions.shift()?.pc ?? signal.pc };
    }
    if (signal.type !== 'candidate' || signal.candidate === '') return signal;
    const record = candidates.shift();
    const ufrag = signal.ufrag ?? record?.candidate?.ufrag;
    return { ...signal, pc: record?.pc ?? signal.pc, ...(ufrag !== undefined && { ufrag }) };
  });
  return { ...event, signals };
}
