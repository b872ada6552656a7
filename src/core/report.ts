/** The JSON of `renego show --json` (schema 1): fields are only ever added. */
import { type Agreement, describeAgreement } from '../sdp/agreement.ts';
import type { Change } from '../sdp/change.ts';
import type { Effect } from '../sdp/effect.ts';
import { changesOf } from './changes.ts';
import type { PartyId, PcId, SessionHeader, Signal, SignalEvent } from './event.ts';
import { listParts } from './json-parts.ts';
import type { Model, Round, RoundCause, RoundState } from './model.ts';
import { type SessionJson, sessionJson } from './session-report.ts';
import { agreementOf, effectsOf } from './settled.ts';

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
  /** What offer and answer settle, as data and in sentences; only of a complete round. */
  readonly agreement?: Agreement & { readonly sentences: ReturnType<typeof describeAgreement> };
  /** What that makes different for the call; only of a complete round. */
  readonly effect?: readonly Effect[];
}

export interface ShowJson {
  readonly schema: 1;
  readonly source: Omit<SessionHeader, 'parties'>;
  readonly parties: readonly PartyId[];
  readonly events: readonly object[];
  readonly negotiations: readonly NegotiationJson[];
  readonly findings: readonly unknown[];
  readonly sessions: readonly SessionJson[];
}

/** A whole conversation. `findings` are handed through as they are. */
export function showJson(
  header: SessionHeader,
  model: Model,
  { findings = [] }: { readonly findings?: readonly unknown[] } = {},
): ShowJson {
  const { parties: _, ...source } = header;
  return {
    schema: 1,
    source,
    parties: model.parties.filter((party) => party !== ''),
    events: Array.from(model.events, (event) => eventJson(model, event)),
    negotiations: roundsOf(model).map((round) => negotiationJson(model, round)),
    findings,
    sessions: [...model.sessions.values()].map(sessionJson),
  };
}

/** The same as a line of text in parts, for sessions of any size; of the model's events those that are given. */
export function* showJsonParts(
  header: SessionHeader,
  model: Model,
  findings: readonly unknown[],
  events: Iterable<SignalEvent> = model.events,
): Generator<string, void> {
  const { events: _, negotiations: __, findings: ___, sessions: ____, ...head } = showJson(header, nothingOf(model));
  const start = `${JSON.stringify(head).slice(0, -1)},"events":[`;
  yield* listParts(start, events, (event) => eventJson(model, event));
  yield* listParts('],"negotiations":[', roundsOf(model), (round) => negotiationJson(model, round));
  yield* listParts('],"findings":[', findings, (finding) => finding);
  yield* listParts('],"sessions":[', model.sessions.values(), sessionJson);
  yield ']}\n';
}

/** Only who took part. */
function nothingOf(model: Model): Model {
  return { ...model, events: [], sessions: new Map() };
}

function roundsOf(model: Model): readonly Round[] {
  const rounds = [...model.sessions.values()].flatMap((session) => session.rounds);
  return rounds.sort((a, b) => a.offer.seq - b.offer.seq);
}

export function negotiationJson(model: Model, round: Round): NegotiationJson {
  const [agreement, effect] = [agreementOf(round), effectsOf(model, round)];
  return {
    pc: round.pc,
    cause: round.cause,
    offer: round.offer.seq,
    answer: round.answer?.seq ?? null,
    offerer: round.offerer,
    answerer: round.answerer,
    state: round.state,
    changes: changesOf(round.offer),
    ...(agreement !== undefined && { agreement: { ...agreement, sentences: describeAgreement(agreement) } }),
    ...(effect !== undefined && { effect }),
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
