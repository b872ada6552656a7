/**
 * A signaling protocol: how its frames are read, and how renego takes part in it.
 * Pure: no sockets, no clock, no randomness. What has to be random is handed in.
 */
import type { PartyId, PcId, Signal } from '../core/event.ts';

export interface Frame {
  /** Text, or base64 of a binary frame. */
  readonly data: string;
  readonly encoding: 'text' | 'base64';
  /** Seen from the client: `out` goes to the server. */
  readonly direction: 'in' | 'out';
}

/** What a frame means and between whom. Absent party: the link's own end. */
export interface Decoded {
  readonly from?: PartyId;
  readonly to?: PartyId;
  readonly signals: readonly Signal[];
}

/** Reads the frames of one connection in order; it may remember what it has seen (who logged in, pending ids). */
export interface Decoder {
  decode(frame: Frame): Decoded;
}

/** What the connection's client wants done, or learned. */
export type ClientOutput =
  | { readonly do: 'send'; readonly raw: string }
  /** The server let us in, under this name. */
  | { readonly do: 'joined'; readonly as: PartyId }
  | { readonly do: 'presence'; readonly who: PartyId; readonly change: 'join' | 'leave' }
  | { readonly do: 'signal'; readonly from: PartyId; readonly signal: Signal }
  | { readonly do: 'problem'; readonly code: string; readonly detail: string }
  /** The server will not have us. */
  | { readonly do: 'refused'; readonly why: string };

export interface ClientOptions {
  readonly as: PartyId;
  readonly room?: string;
  /** Milliseconds since 1970 when the client starts, for protocols that put a date into messages. */
  readonly now: number;
}

/** renego's own part in a connection, as a pure machine. */
export interface Client {
  /** The socket is open. */
  opened(): readonly ClientOutput[];
  received(frame: Frame): readonly ClientOutput[];
  /** Frames that carry this signal to that party; undefined if the protocol has no way to say it. */
  encode(signal: Signal, to: PartyId): readonly string[] | undefined;
}

export interface Capabilities {
  readonly trickle: boolean;
  readonly renegotiation: boolean;
  /** How an ICE restart is asked for: by a new offer, or why not at all. */
  readonly restart: 'offer' | { readonly why: string };
  readonly bye: boolean;
  readonly endOfCandidates: boolean;
}

export interface ProtocolExample {
  readonly frame: Frame;
  readonly signals: readonly Partial<Signal>[];
}

export interface Protocol {
  readonly name: string;
  readonly title: string;
  /** WebSocket subprotocols to ask for. */
  readonly subprotocols: readonly string[];
  readonly capabilities: Capabilities;
  /** How the only other party is called, where nobody has a name on the wire. */
  readonly anonymous?: PartyId;
  /** Joins the room it is asked for. Without it, the address is all that tells one room from another. */
  readonly rooms?: true;
  /** How sure we are, 0 to 1, that this first frame from the server (or this URL) is ours. */
  detect(hint: { url?: string; subprotocol?: string; frame?: Frame }): number;
  decoder(link: { readonly client: PartyId; readonly server: PartyId }): Decoder;
  client(options: ClientOptions): Client;
  readonly examples: readonly ProtocolExample[];
}

export type { PartyId, PcId, Signal };
