/** One pair of peer connections in the JSON of `renego show --json`: its sides, and what it has settled for its whole life. */
import type { PartyId, PcId } from './event.ts';
import {
  advance,
  type Breach,
  createLedgerCursor,
  type ExtensionEntry,
  type Ledger,
  type PayloadEntry,
  type Slot,
} from './ledger.ts';
import type { IceGeneration, Session, Side, SignalingState } from './model.ts';

/** Event numbers throughout; passwords are left out. */
export interface SessionJson {
  readonly pc: PcId;
  /** The capture began in its middle, or something in it cannot be read. */
  readonly partial: boolean;
  readonly closedBy: number | null;
  readonly sides: readonly SideJson[];
  readonly ledgers: LedgersJson;
}

export interface SideJson {
  readonly party: PartyId;
  /** What an observer of the wire believes, and why. */
  readonly signaling: SignalingState;
  readonly reason: string;
  readonly politeness: 'polite' | 'impolite' | null;
  readonly generations: readonly GenerationJson[];
}

export interface GenerationJson {
  readonly number: number;
  readonly ufrag: string;
  readonly mids: readonly string[];
  readonly since: number;
  readonly state: IceGeneration['state'];
  /** The events of its candidates, and the one that said there are no more. */
  readonly candidates: readonly number[];
  readonly endedBy: number | null;
}

export interface LedgersJson {
  readonly slots: readonly Slot[];
  /** What each header extension id means. */
  readonly extmap: readonly ExtensionEntry[];
  /** What each payload type means, by mid. */
  readonly payloads: Readonly<Record<string, readonly Omit<PayloadEntry, 'mid'>[]>>;
  readonly bundle: Ledger['bundle'] | null;
  readonly dtls: Ledger['dtls'] | null;
  readonly breaches: readonly Breach[];
}

export function sessionJson(session: Session): SessionJson {
  return {
    pc: session.pc,
    partial: session.partial,
    closedBy: session.closedBy ?? null,
    sides: [...session.sides.values()].map(sideJson),
    // Made for this once: of very many sessions they would stay in memory.
    ledgers: ledgersJson(advance(createLedgerCursor(), session)),
  };
}

function sideJson({ party, signaling, reason, politeness, generations }: Side): SideJson {
  return { party, signaling, reason, politeness: politeness ?? null, generations: generations.map(generationJson) };
}

function generationJson(generation: IceGeneration): GenerationJson {
  const { number, ufrag, mids, since, state, candidates, endedBy } = generation;
  return {
    number,
    ufrag,
    mids,
    since: since.seq,
    state,
    candidates: candidates.map(({ seq }) => seq),
    endedBy: endedBy ?? null,
  };
}

function ledgersJson({ slots, extensions, payloads, bundle, dtls, breaches }: Ledger): LedgersJson {
  const byMid = [...payloads].map(
    ([mid, entries]) => [mid, [...entries.values()].map(({ mid: _, ...entry }) => entry)] as const,
  );
  return {
    slots: slots.filter((slot) => slot !== undefined),
    extmap: [...extensions.values()],
    payloads: Object.fromEntries(byMid),
    bundle: bundle ?? null,
    dtls: dtls ?? null,
    breaches,
  };
}
