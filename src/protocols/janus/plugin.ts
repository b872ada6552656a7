/** What the plugins of Janus have in common: how each carries offers and answers, joins and says goodbye. */
import type { PartyId, Signal } from '../../core/event.ts';
import type { Capabilities, ClientOptions, ClientOutput } from '../protocol.ts';
import type { Handle, Handles } from './handles.ts';
import type { JanusMessage } from './wire.ts';

/** What a plugin is told; the JSON of the API goes around it. */
export type Body = Readonly<Record<string, unknown>>;

export type Description = Extract<Signal, { type: 'offer' | 'answer' | 'pranswer' }>;

/** Writes requests of the session; every one gets a transaction of its own. */
export interface Talk {
  /** A message for the plugin of the handle. */
  message(handle: Handle, body: Body, jsep?: Description): ClientOutput;
  /** A request of the API about the handle: `trickle`, `hangup`, `detach`. */
  about(handle: Handle, janus: string, fields?: Body): ClientOutput;
  /** Attaches another handle; `attached` is called with this purpose. */
  attach(purpose?: string): ClientOutput;
}

export interface PluginContext {
  readonly options: ClientOptions;
  readonly talk: Talk;
  readonly handles: Handles;
}

/** One plugin, as a machine. */
export interface Plugin {
  /** Asked for when the session is there: handles to attach. Default: one. */
  begin?(): readonly ClientOutput[];
  attached(handle: Handle, purpose: string | undefined): readonly ClientOutput[];
  /** An event of the plugin that is no error. What it carries as description is told elsewhere. */
  event(message: JanusMessage, handle: Handle): readonly ClientOutput[];
  /** The body that goes with a description to that handle. */
  body(description: Description, handle: Handle, to: PartyId): Body;
  goodbye(handle: Handle): readonly ClientOutput[];
  ask?(what: 'offer' | 'restart-ice', to: PartyId, handle: Handle | undefined): readonly ClientOutput[] | undefined;
  capabilities(to: PartyId): Capabilities;
  woken?(id: string): readonly ClientOutput[];
}

export const CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: true,
  endOfCandidates: true,
};

/** Janus answers there, and never offers. */
export const WE_OFFER: Capabilities = { ...CAPABILITIES, offers: 'us' };
/** Janus offers there, and takes answers only. */
export const JANUS_OFFERS: Capabilities = { ...CAPABILITIES, offers: 'them', restart: 'ask' };
