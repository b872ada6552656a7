/** State, inputs and outputs of the negotiating machine (peer-machine.ts). */
import type { CandidateSignal, DescriptionType, Failure, PcId, Signal } from '../core/event.ts';
import type { SignalingState } from '../core/model.ts';

export interface RemoteDescription {
  readonly type: DescriptionType | 'rollback';
  readonly sdp: string;
  /** The event that carried it, where known. */
  readonly of?: number;
}

/** A candidate as it came, or the end of candidates. */
export type RemoteCandidate = (CandidateSignal | Extract<Signal, { type: 'end-of-candidates' }>) & {
  /** The event that carried it, where known. */
  readonly of?: number;
};

/** One call of the engine. The machine has at most one under way. */
export type EngineOp =
  | { readonly op: 'createOffer'; readonly iceRestart: boolean }
  | { readonly op: 'createAnswer' }
  | { readonly op: 'setLocal'; readonly type: 'offer' | 'answer' | 'rollback'; readonly sdp: string }
  | ({ readonly op: 'setRemote' } & RemoteDescription)
  | { readonly op: 'addCandidate'; readonly candidate: RemoteCandidate };

/** What the protocol's capabilities mean for one call. */
export interface Terms {
  /** False: a description waits until its candidates are gathered, and takes them along. */
  readonly trickle: boolean;
  /** Whether there may be an offer of ours after the first description. */
  readonly renegotiation: boolean;
  /** `them`: only the other side offers, and we ask for it. */
  readonly offers: 'both' | 'us' | 'them';
  /** What flows in sections of ours, where it is one way only. */
  readonly direction?: 'sendonly' | 'recvonly';
}

export type Asked = 'offer' | 'restart-ice';

export type Input =
  /** The engine says that something changed which the other side has to agree to. */
  | { readonly on: 'needed' }
  /** An offer is asked for, needed or not. */
  | { readonly on: 'offer'; readonly iceRestart: boolean }
  /** The other side shall offer. */
  | { readonly on: 'ask'; readonly what: Asked }
  | { readonly on: 'rollback' }
  /** The user took over: offers are allowed again after --answer-only, a rollback or a refused answer. */
  | { readonly on: 'allow' }
  | { readonly on: 'description'; readonly description: RemoteDescription }
  | { readonly on: 'remote-candidate'; readonly candidate: RemoteCandidate }
  | { readonly on: 'local-candidate'; readonly signal: CandidateSignal | null }
  /** The operation under way ended; `sdp` is what createOffer or createAnswer made. */
  | { readonly on: 'done'; readonly signaling: SignalingState; readonly sdp?: string }
  | { readonly on: 'failed'; readonly signaling: SignalingState; readonly error: Failure }
  | { readonly on: 'connection'; readonly state: string }
  | { readonly on: 'link'; readonly up: boolean }
  /** The peer's signaling connection is gone; its peer connection may live on. */
  | { readonly on: 'left' }
  /** The peer's signaling connection is there again. */
  | { readonly on: 'back' }
  | { readonly on: 'bye' }
  /** Another peer connection takes over; without `reason` because the peer offers from another one. */
  | { readonly on: 'replaced'; readonly reason?: string }
  | { readonly on: 'hangup' };

export type Output =
  | { readonly do: 'engine'; readonly op: EngineOp }
  | { readonly do: 'send'; readonly signal: Signal }
  | { readonly do: 'ask'; readonly what: Asked }
  | { readonly do: 'problem'; readonly code: string; readonly detail: string }
  /** Close the peer connection: this machine is over. */
  | { readonly do: 'close'; readonly reason: string };

/** What is being done, step by step; every step is one engine operation. */
export type Job =
  | { readonly kind: 'offer'; readonly step: 'create'; readonly iceRestart: boolean; readonly asked: boolean }
  | { readonly kind: 'offer'; readonly step: 'apply'; readonly offer: PendingOffer }
  | { readonly kind: 'answer'; readonly step: 'rollback' | 'remote' | 'create'; readonly offer: RemoteDescription }
  | { readonly kind: 'answer'; readonly step: 'apply'; readonly offer: RemoteDescription; readonly sdp: string }
  | { readonly kind: 'remote'; readonly description: RemoteDescription }
  | { readonly kind: 'candidate' }
  | { readonly kind: 'rollback' };

export interface PendingOffer {
  readonly sdp: string;
  readonly iceRestart: boolean;
  /** Asked for by the user: nothing but this record would repeat it after a lost glare. */
  readonly asked: boolean;
}

/** A description of ours. */
export type Spoken = Extract<Signal, { type: DescriptionType }>;

/** What waits for its turn, in order of arrival. */
export type Waiting =
  | { readonly kind: 'description'; readonly description: RemoteDescription }
  | { readonly kind: 'candidate'; readonly candidate: RemoteCandidate }
  | { readonly kind: 'rollback' };

export interface PeerState {
  readonly pc: PcId;
  readonly polite: boolean;
  readonly answerOnly: boolean;
  readonly terms: Terms;
  readonly signaling: SignalingState;
  readonly connection: string;
  readonly job: Job | undefined;
  readonly waiting: readonly Waiting[];
  readonly needed: boolean;
  /** An offer the user asked for. */
  readonly asked: { readonly iceRestart: boolean } | undefined;
  /** No offers of its own accord: a rollback or a refused answer would otherwise lead straight to the same offer. */
  readonly halted: boolean;
  /** Where the other side offers: whether what the engine needs may be asked for. Once for each thing done by hand. */
  readonly askable: boolean;
  /** Our offer that waits for its answer. */
  readonly offer: PendingOffer | undefined;
  /** The last local description, for the end of candidates. */
  readonly localSdp: string;
  /** The last remote description that was applied. */
  readonly remoteSdp: string;
  /** User fragments the other side has described so far, the newest last. */
  readonly ufrags: readonly string[];
  readonly described: boolean;
  /** The last remote offer was ignored in a glare; its user fragments. */
  readonly ignoring: boolean;
  readonly ignored: readonly string[];
  /** Candidates whose description has not come yet. */
  readonly early: readonly RemoteCandidate[];
  /** User fragment of the newest local candidate, and whether its end of candidates is told. */
  readonly gathered: string | undefined;
  readonly endTold: boolean;
  /** Local candidates of a description that is not sent yet. */
  readonly held: readonly Signal[];
  /** Without trickle: all candidates of the newest generations, and the description that waits for its own. */
  readonly pool: readonly CandidateSignal[];
  readonly pending: Spoken | undefined;
  readonly linkUp: boolean;
  /** What could not be sent while the link was down. */
  readonly unsent: readonly Signal[];
  readonly gone: boolean;
  readonly closed: boolean;
}

/** The next state, and what has to be done now, in order. */
export interface Stepped {
  readonly state: PeerState;
  readonly outputs: readonly Output[];
}

/** Caps for what a stranger can make us keep. */
export const MAX_EARLY = 256;
export const MAX_WAITING = 4_096;
export const MAX_UFRAGS = 64;
export const MAX_UNSENT = 1_024;
/** Candidates of our own; a generation has some dozens. */
export const MAX_POOL = 256;
