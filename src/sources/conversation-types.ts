/** What a conversation with a signaling server looks like from outside. */
import type { RenegoError } from '../core/errors.ts';
import type { Draft, MediaKind, PartyId, PcId, Signal } from '../core/event.ts';
import type { Capabilities, ClientOutput, Protocol } from '../protocols/protocol.ts';
import type { Asked } from './peer-state.ts';
import type { SourceEnd } from './source.ts';

/** What the client learned that is no business of the wire. */
export type Learned = Extract<
  ClientOutput,
  { do: 'presence' | 'wanted' | 'rejected' | 'redial' | 'ice-servers' | 'note' }
>;

export interface ConversationEvents {
  /** Something for the log; gives the number of the event. */
  tell(draft: Draft): number | undefined;
  problem(code: string, detail: string): void;
  /** A fresh client begins: nobody is here yet. */
  anew(): void;
  /** The server has let us in, or the connection is lost. */
  up(isUp: boolean): void;
  learned(output: Learned): void;
  /** `of` is the event that carried it. */
  signal(from: PartyId, signal: Signal, of?: number): void;
  finish(end: SourceEnd | RenegoError): void;
}

export interface Conversation {
  readonly protocol: Protocol;
  readonly self: PartyId;
  readonly joined: boolean;
  readonly linkOpen: boolean;
  /** What can be done in this call, as far as it is known by now. */
  can(party: PartyId, pc: PcId): Capabilities;
  /** Whether peer connections have names of their own, and the next one's. */
  readonly named: boolean;
  newPc(to: PartyId): PcId | undefined;
  start(): Promise<void>;
  /** False if no WebSocket is open. */
  transmit(raw: string): boolean;
  say(signal: Signal, to: PartyId): void;
  /** `media` is what has been added and has no section yet. */
  ask(what: Asked, to: PartyId, call: { readonly pc: PcId; readonly media: readonly MediaKind[] }): void;
  /** This call is over. */
  ended(to: PartyId, pc: PcId): void;
  /** Ends the WebSocket as if the network had gone. */
  cut(): void;
  /** Says goodbye, waits a little for what is under way, and closes. */
  leave(): Promise<void>;
}
