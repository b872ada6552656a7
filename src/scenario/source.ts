/** A scenario as it is written in YAML or in a module, with all it may hold. */
import type { MediaKind, PeerAction } from '../core/event.ts';

type Time = string | number;
type Faulted = 'offer' | 'answer' | 'candidate';

/** As `--do` has it (`restart-ice`, `add-video`, `send:…`), or as an object with all its fields. */
export type ActionSource =
  | string
  | (Extract<
      PeerAction,
      { do: 'call' | 'restart-ice' | 'offer' | 'add' | 'prefer' | 'stop' | 'direction' | 'rollback' | 'hangup' }
    > & { readonly 'm-line'?: number; readonly with?: string });

export type ExpectedSource = string | { readonly golden: string };

export type StepSource<Peer extends string> =
  | ({ readonly [name in Peer]?: ActionSource } & { readonly within?: Time })
  /** A state, `negotiated`, `offer`, `answer#2`, `message <text>`, `finding <rule>`. */
  | { readonly wait: string; readonly peer?: Peer; readonly within?: Time }
  | { readonly together: readonly { readonly [name in Peer]?: ActionSource }[]; readonly within?: Time }
  | { readonly delay: Time }
  /** The peer comes only now. */
  | { readonly connect: Peer; readonly within?: Time }
  | { readonly 'drop-socket': Peer }
  | { readonly expect: ExpectedSource }
  | { readonly lose: Faulted; readonly of: Peer; readonly count?: number }
  | { readonly duplicate: Faulted; readonly of: Peer; readonly count?: number }
  | { readonly reorder: Faulted; readonly of: Peer; readonly count?: number }
  | { readonly delay: Faulted; readonly of: Peer; readonly by: Time; readonly count?: number };

export interface PeerSource {
  readonly media?: readonly MediaKind[];
  readonly opening?: readonly ActionSource[];
  readonly engine?: string;
  readonly polite?: boolean;
  readonly 'answer-only'?: boolean;
}

export interface ScenarioSource<Peer extends string = string> {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly vars?: Readonly<Record<string, string | number>>;
  readonly timeout?: Time;
  readonly server?: {
    readonly url: string;
    readonly protocol?: string;
    readonly room?: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly insecure?: boolean;
  };
  /** One to eight. */
  readonly peers: Readonly<Record<Peer, PeerSource>>;
  readonly steps: readonly StepSource<NoInfer<Peer>>[];
  readonly expect?: readonly ExpectedSource[];
}

/** The scenario as it is: for its types. `renego run` reads and checks it. */
export function defineScenario<const Peer extends string>(scenario: ScenarioSource<Peer>): ScenarioSource<Peer> {
  return scenario;
}
