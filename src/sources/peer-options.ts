/** What a peer is told when it is made. */
import type { Action, MediaKind, PartyId, Signal } from '../core/event.ts';
import type { Engine, IceServer, TransceiverInfo } from '../engines/engine.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { LinkOptions } from './link.ts';
import type { LinePort } from './pasted.ts';

export type Opening = Extract<Action, { do: 'add' | 'prefer' }>;

/** What makes a section another one. `stop` before an answer rejects the section in it. */
export type Arrangement = Extract<Action, { do: 'add' | 'direction' | 'prefer' | 'stop' }>;

export interface PeerOptions extends LinkOptions {
  /** Without one it is guessed from the address and the first frame. */
  readonly protocol?: Protocol;
  readonly engine: Engine;
  /** The name to join under. */
  readonly as: PartyId;
  /** The only one to call; called as soon as it is there. */
  readonly to?: PartyId;
  readonly room?: string;
  /** The protocol's own settings. */
  readonly params?: Readonly<Record<string, string>>;
  /** What a call of ours offers, and what we send when someone calls and offers the same. Default: the protocol's. */
  readonly media?: readonly MediaKind[];
  /** What a call of ours does before its first offer, in place of adding `media`. */
  readonly opening?: readonly Opening[];
  /** What is done to the sections that are there, right before we offer, or answer an offer that came in. */
  describing?(type: 'offer' | 'answer', sections: readonly TransceiverInfo[]): readonly Arrangement[];
  /** Call as soon as somebody (or `to`) is there. */
  readonly call?: boolean;
  readonly answerOnly?: boolean;
  /** Without it the names decide, so that two renegos never agree to be alike. */
  readonly polite?: boolean;
  readonly iceServers?: readonly IceServer[];
  readonly relayOnly?: boolean;
  /** Stands between us and what we say: calls `send` as often and as late as it likes. */
  pass?(signal: Signal, send: () => void): void;
  /** How the server is called in the ladder. */
  readonly server?: PartyId;
  /** Tells only what happens inside this peer: somebody else already tells the messages. */
  readonly silent?: boolean;
  /** What carries protocols of the carrier `lines`. */
  readonly lines?: LinePort;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A fresh identifier of that many characters a-z0-9. */
  readonly newId?: (length?: number) => string;
}
