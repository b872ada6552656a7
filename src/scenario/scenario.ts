/** A scenario: peers, what they do, what goes wrong on the way, and what has to come of it. Plain data. */
import type { Action, DescriptionType, MediaKind, Millis, PartyId, StateOf } from '../core/event.ts';
import type { Expectation } from './expectations.ts';

export interface Scenario {
  readonly name: string;
  readonly tags: readonly string[];
  /** How long a step may take. */
  readonly timeout: Millis;
  /** Without one the peers meet on a server of our own. */
  readonly server: ScenarioServer | undefined;
  /** One to eight. */
  readonly peers: readonly ScenarioPeer[];
  readonly steps: readonly Step[];
  /** Judged when all steps are done. */
  readonly expect: readonly Expected[];
}

export interface ScenarioServer {
  readonly url: string;
  readonly protocol?: string;
  readonly room?: string;
  /** The protocol's own settings. */
  readonly params?: Readonly<Record<string, string>>;
  /** Of the handshake, and of requests. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
}

export type Opening = Extract<Action, { do: 'add' | 'prefer' }>;

export interface ScenarioPeer {
  readonly name: PartyId;
  readonly media?: readonly MediaKind[];
  /** What its call does before the first offer, in place of adding `media`. */
  readonly opening?: readonly Opening[];
  readonly engine?: string;
  readonly polite?: boolean;
  readonly answerOnly?: boolean;
}

/** What is waited for. */
export type Awaited =
  /** Reached since the last action, or still holding. */
  | { readonly for: 'state'; readonly state: AwaitedState }
  /** The nth of the session, or without n one since the last action. */
  | { readonly for: 'description'; readonly type: DescriptionType; readonly nth?: number }
  /** A round completed since the last action, and none open. */
  | { readonly for: 'negotiated' }
  /** A message since the last action that holds this text. */
  | { readonly for: 'message'; readonly text: string }
  | { readonly for: 'finding'; readonly rule: string };

export interface AwaitedState {
  readonly of: readonly StateOf[];
  readonly value: string;
}

export type FaultKind = 'lose' | 'duplicate' | 'delay' | 'reorder';
export type Faulted = 'offer' | 'answer' | 'candidate';

/** What happens to the next such signals that a peer says. `reorder` lets the signal behind it go first. */
export interface Fault {
  readonly kind: FaultKind;
  readonly what: Faulted;
  readonly peer: PartyId;
  readonly count: number;
  /** For `delay`. */
  readonly by: Millis;
}

export interface PeerMove {
  readonly peer: PartyId;
  readonly action: Action;
  /** The section it is about, by its place in the peer's newest description: mids are the engine's. */
  readonly mLine?: number;
  /** The other end of the call it is about; else the newest call. */
  readonly with?: PartyId;
}

/** `text` is how the step is called in reports, `timeout` its own, `line` where it stands in its file, from 1. */
export type Step = { readonly text: string; readonly timeout?: Millis; readonly line?: number } & (
  | { readonly do: 'act'; readonly moves: readonly PeerMove[] }
  | { readonly do: 'wait'; readonly awaited: Awaited; readonly peer?: PartyId }
  | { readonly do: 'pause'; readonly time: Millis }
  /** A peer that has such a step comes with it; the others are there from the beginning. */
  | { readonly do: 'connect'; readonly peer: PartyId }
  | { readonly do: 'cut'; readonly peer: PartyId }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'expect'; readonly expected: Expected }
);

export type Expected = { readonly text: string; readonly line?: number } & (
  | { readonly expectation: Expectation }
  /** The same, by meaning, as this recording. */
  | { readonly golden: string }
);

/** How the words of a scenario are read that the command line has too. They throw errors with a message and a hint. */
export interface Words {
  action(text: string): Action;
  state(text: string): AwaitedState;
  duration(text: string): Millis;
}
