/**
 * What the log means: sessions, descriptions, rounds, ICE generations, believed states.
 * Built by reduce.ts, read by everyone; nobody else writes it.
 */
import type { Candidate, Sdp } from '../sdp/sdp.ts';
import type { ByEvent } from './by-event.ts';
import type { DescriptionType, Millis, PartyId, PcId, StateOf } from './event.ts';
import type { EventList } from './event-list.ts';

export type SignalingState =
  | 'stable'
  | 'have-local-offer'
  | 'have-remote-offer'
  | 'have-local-pranswer'
  | 'have-remote-pranswer'
  | 'closed';

/** `open`: offered, not answered yet. `committed`: part of a finished offer/answer. */
export type DescriptionStatus =
  | 'open'
  | 'committed'
  | 'superseded'
  | 'rolled-back'
  | 'unanswered'
  | 'rejected'
  | 'stray';

/** One description as sent by one party. */
export interface Description {
  /** The event that carried it, and which of its signals. */
  readonly seq: number;
  readonly t: Millis;
  readonly pc: PcId;
  from: PartyId;
  to: PartyId;
  readonly type: DescriptionType;
  /** Read from the event when it is asked for, as are `created` and, of candidates, `text` and `candidate`. */
  readonly text: string;
  /** What createOffer or createAnswer had made, where something else was set. */
  readonly created: string | undefined;
  /** Parsed when it is asked for, and kept for a while. */
  readonly sdp: Sdp;
  /** Counts offers (or answers) of the session from 1, for `offer #3`. */
  readonly number: number;
  status: DescriptionStatus;
  /** The round it opened or closed; undefined for an answer that fits no offer. */
  round: Round | undefined;
  /**
   * What this description has to be compared with (rules C.1), fixed at arrival: the side's last committed
   * offer for media, and its last committed description of either type for transport and for sections the offer lacked.
   */
  readonly base: { readonly media: Description; readonly transport: Description } | undefined;
  /** The same text was seen before from the same side (rule description-repeated). */
  readonly repeats: Description | undefined;
  /** The other side's description this one is a copy of: same ICE credentials, same certificate (rule description-reflected). */
  readonly reflects: Description | undefined;
}

export type RoundState = 'open' | 'complete' | 'superseded' | 'rolled-back' | 'failed';
export type RoundCause = 'first' | 'renegotiation' | 'ice-restart' | 'glare' | 'new-pc';

/** One offer and what became of it. */
export interface Round {
  readonly pc: PcId;
  /** From 1 within the session. */
  readonly number: number;
  cause: RoundCause;
  readonly offer: Description;
  answer: Description | undefined;
  readonly provisional: Description[];
  offerer: PartyId;
  answerer: PartyId;
  state: RoundState;
  /** The crossing offer's round. */
  glareWith: Round | undefined;
  /** Event that ended it: answer, superseding offer, rollback, bye, refusal. */
  endedBy: number | undefined;
}

/** Credentials of one side on one transport, from when they are first seen (rules B.5). */
export interface IceGeneration {
  party: PartyId;
  /** Counts from 1 per side. */
  readonly number: number;
  readonly ufrag: string;
  readonly pwd: string | undefined;
  /** Sections that carried these credentials. */
  readonly mids: string[];
  readonly since: Description;
  state: 'new' | 'current' | 'obsolete' | 'void';
  readonly candidates: CandidateRecord[];
  /** Event that said there are no more. Undone by the sender's next description with these credentials: it gathers again. */
  endedBy: number | undefined;
  /** The same for single sections: mid and event (Firefox ends each section by itself). */
  readonly ended: Map<string, number>;
}

/** A candidate sent by itself. Those inside a description are in its `sdp`. */
export interface CandidateRecord {
  readonly seq: number;
  readonly t: Millis;
  pc: PcId;
  from: PartyId;
  to: PartyId;
  readonly text: string;
  /** Undefined if the line does not parse. */
  readonly candidate: Candidate | undefined;
  readonly mid: string | undefined;
  readonly mLine: number | undefined;
  /** The member `usernameFragment`, as sent. */
  readonly usernameFragment: string | undefined;
  /** Undefined while parked: its credentials have not been described yet. */
  generation: IceGeneration | undefined;
  /** Arrived before the first description that brought its credentials. */
  early: boolean;
  /** Its generation was obsolete or void on arrival. */
  readonly stale: boolean;
}

/** One end of a session. */
export interface Side {
  party: PartyId;
  /** What an observer of the wire believes (rules B.1). */
  signaling: SignalingState;
  /** Why: a short sentence. */
  reason: string;
  /** What the engine itself said, where we see it. */
  readonly actual: Partial<Record<StateOf, string>>;
  currentLocal: Description | undefined;
  pendingLocal: Description | undefined;
  currentRemote: Description | undefined;
  pendingRemote: Description | undefined;
  /** Last sent, whatever became of it. */
  lastOffer: Description | undefined;
  lastAnswer: Description | undefined;
  /** Last sent that took part in a finished offer/answer (guard G5); `committed` is the later of the two. */
  committedOffer: Description | undefined;
  committedAnswer: Description | undefined;
  committed: Description | undefined;
  /** Everything sent, by a hash of type and text. */
  readonly sent: Map<number, Description>;
  readonly generations: IceGeneration[];
  /** The newest generation of each ufrag and of each section. */
  readonly byUfrag: Map<string, IceGeneration>;
  readonly byMid: Map<string, IceGeneration>;
  readonly currentGenerations: Set<IceGeneration>;
  /** Candidates whose credentials have not been described yet, by ufrag ('' for none). */
  readonly parked: Map<string, CandidateRecord[]>;
  politeness: 'polite' | 'impolite' | undefined;
}

/** A crossing of two offers and how it ended (rules B.4). */
export interface Glare {
  readonly pc: PcId;
  readonly first: Round;
  readonly second: Round;
  readonly since: number;
  /** Event that settled it. */
  endedBy: number | undefined;
  outcome: 'open' | 'first-won' | 'second-won' | 'both-answered' | 'retried' | 'closed';
}

/** One pair of peer connections. */
export interface Session {
  /** The id in the signals; with `#2`, `#3` when the same id is used again for new peer connections. */
  readonly pc: PcId;
  /** 1, or how often the id has been used. */
  readonly epoch: number;
  readonly sides: Map<PartyId, Side>;
  readonly descriptions: Description[];
  /** Different offers and answers seen so far. */
  offers: number;
  answers: number;
  readonly rounds: Round[];
  /** Offers that are still open, by offerer: two during glare. */
  readonly open: Map<PartyId, Round>;
  candidates: CandidateRecord[];
  readonly glares: Glare[];
  /** The capture began in the middle, or something in it cannot be read (rule G8). */
  partial: boolean;
  /** Event that closed it. */
  closedBy: number | undefined;
}

/** A signaling connection. */
export interface LinkState {
  readonly id: string;
  readonly from: PartyId;
  readonly to: PartyId;
  state: 'connecting' | 'open' | 'closed' | 'error';
  detail: string;
  since: number;
}

/** Who a party was that events before `until` name. */
export interface Met {
  readonly standIn: PartyId;
  readonly is: PartyId;
  readonly until: number;
}

export interface Model {
  /** In order of first appearance. */
  readonly parties: PartyId[];
  readonly events: EventList;
  readonly sessions: Map<PcId, Session>;
  /** Which session an id in a signal means now. */
  readonly current: Map<PcId, Session>;
  /** Those that are not closed, in order of first appearance; closed ones may stand before the last of them. */
  readonly alive: Session[];
  /** Those that are closed, in the order in which they ended, but for what has been forgotten of them (forget.ts). */
  readonly ended: Session[];
  /** Of all. */
  newest: Session | undefined;
  readonly links: Map<string, LinkState>;
  /** By the id in signals: parties that stood in for one that turned out to be heard, too. */
  readonly met: Map<PcId, Met[]>;
  /** Descriptions and candidates by the event that carried them. */
  readonly described: ByEvent<Description>;
  readonly gathered: ByEvent<CandidateRecord>;
  /** The notes that somebody took, by the event they are about. */
  readonly noted: Map<number, string[]>;
  /** Grows with every event. */
  version: number;
}
