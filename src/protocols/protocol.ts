/**
 * A signaling protocol: how its frames are read, and how renego takes part in it.
 * Pure: no sockets, no clock, no randomness. What has to be random is handed in.
 */
import type { MediaKind, PartyId, PcId, Signal } from '../core/event.ts';

export interface Frame {
  /** Text, or base64 of a binary frame. */
  readonly data: string;
  readonly encoding: 'text' | 'base64';
  /** Seen from the client: `out` goes to the server. */
  readonly direction: 'in' | 'out';
  /** The body of an HTTP request (`out`) or response (`in`) rather than a WebSocket message. */
  readonly http?: HttpHead;
}

/** What stands before the body. Header names in lower case. */
export type HttpHead =
  | { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    };

/** What a frame means and between whom. Absent party: the link's own end. */
export interface Decoded {
  readonly from?: PartyId;
  readonly to?: PartyId;
  readonly signals: readonly Signal[];
  /** What it says, where `signals` only say that it is a copy of what was told before: for rules that are to find it. */
  readonly copies?: Copied;
  /** What the frame was recognised as, where that is not the protocol's own name. */
  readonly protocol?: string;
}

/** A message that has come a second time: from whom to whom it is, and what it says. */
export interface Copied {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly signals: readonly Signal[];
  /** It is the server's own, and was sent before; else a client has sent it. */
  readonly replayed?: true;
}

/** Reads the frames of one connection in order; it may remember what it has seen (who logged in, pending ids). */
export interface Decoder {
  decode(frame: Frame): Decoded;
  /**
   * How somebody in between can make one side begin anew, by what was seen so far. Without it, only the app can, and
   * `capabilities` may say why there is no restart at all. Whether an offer then restarts ICE is looked at when it comes.
   */
  provoke?(what: 'offer' | 'restart-ice'): Provocation | undefined;
  /** What others call this connection's client on the wire, once it is known, where the decoder calls it otherwise. */
  readonly wireName?: PartyId | undefined;
}

/** A frame for one of the ends of a connection that is watched, or why there is none that would do. */
export type Provocation =
  | { readonly to: 'client' | 'server'; readonly raw: string; readonly encoding?: Frame['encoding'] }
  | { readonly why: string };

/** What the connection's client wants done, or learned. */
export type ClientOutput =
  /** A WebSocket message. */
  | { readonly do: 'send'; readonly raw: string; readonly encoding?: Frame['encoding'] }
  | HttpRequest
  /** Open the WebSocket, for clients whose `carrier` is `http` and that learn its address on the way. */
  | { readonly do: 'open'; readonly url: string; readonly subprotocols?: readonly string[] }
  /** Call `woken` with this id after that many milliseconds; the same id again replaces the timer. */
  | { readonly do: 'wake'; readonly id: string; readonly after: number }
  /** The server let us in, under this name. */
  | { readonly do: 'joined'; readonly as: PartyId }
  | {
      readonly do: 'presence';
      readonly who: PartyId;
      readonly change: 'join' | 'leave';
      /** Who begins the call with them, where the system has a rule for it. */
      readonly offers?: 'us' | 'them';
    }
  | { readonly do: 'signal'; readonly from: PartyId; readonly signal: Signal }
  /** The other side asks for an offer of ours, `media`: with one more section of that kind. */
  | {
      readonly do: 'wanted';
      readonly from: PartyId;
      readonly iceRestart: boolean;
      readonly pc?: PcId;
      readonly media?: MediaKind;
    }
  /** What this server can do turned out to differ from what the protocol's capabilities say; from now on this holds. */
  | { readonly do: 'learned'; readonly capabilities: Partial<Capabilities> }
  /** Our offer is not taken: it has to be rolled back. */
  | { readonly do: 'rejected'; readonly from: PartyId; readonly pc?: PcId; readonly why: string }
  /** The call has to be made anew, with another peer connection: what was negotiated cannot work. */
  | { readonly do: 'redial'; readonly to: PartyId; readonly why: string }
  /** The server hands out STUN and TURN servers: used for calls that begin after this. */
  | { readonly do: 'ice-servers'; readonly servers: readonly IceServerInfo[] }
  | { readonly do: 'problem'; readonly code: string; readonly detail: string }
  /** Worth telling, and nothing to worry about. */
  | { readonly do: 'note'; readonly text: string }
  /** The server will not have us. */
  | { readonly do: 'refused'; readonly why: string; readonly hint?: string };

export interface HttpRequest {
  readonly do: 'request';
  /** Comes back with the response. */
  readonly id: string;
  readonly method: string;
  /** Absolute, or relative to the address renego was given. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * The response is Server-Sent Events: each `data` comes in by `received`. The response itself comes when the stream
   * begins, with an empty body, and once more with status 0 when it ends.
   */
  readonly events?: true;
}

export interface HttpResponse {
  readonly id: string;
  /** 0 if there was none; `error` says why. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly error?: string;
  /** Where the response came from, after redirections. */
  readonly url: string;
}

/** RTCIceServer. */
export interface IceServerInfo {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface ClientOptions {
  readonly as: PartyId;
  readonly room?: string;
  /** Whom renego was told to call, for systems where nobody says who is there. */
  readonly to?: PartyId;
  /** The address renego was given. */
  readonly url?: string;
  /** What the protocol's own settings were given as, by `--param name=value`. */
  readonly params?: Readonly<Record<string, string>>;
  /** What to offer and accept, for systems that want to know before. */
  readonly media?: readonly MediaKind[];
  /** A fresh identifier of that many characters a-z0-9, for protocols that want clients to make some. Default length: 16. */
  readonly newId?: (length?: number) => string;
  /** Milliseconds since 1970 when the client starts, for protocols that put a date into messages. */
  readonly now: number;
}

/** renego's own part in a connection, as a pure machine. */
export interface Client {
  /** The socket is open. Where `carrier` is `http`: renego begins, and again when a socket asked for by `open` is open. */
  opened(): readonly ClientOutput[];
  received(frame: Frame): readonly ClientOutput[];
  responded?(response: HttpResponse): readonly ClientOutput[];
  woken?(id: string): readonly ClientOutput[];
  /**
   * How a peer connection that we offer to that party is called, in protocols that give each an id of its own; signals from
   * the other side and the decoder call it by that name too. A party may have several calls, told apart by it. Default:
   * `pairId` of both parties.
   */
  newPc?(to: PartyId): PcId;
  /** What carries this signal to that party; undefined if the protocol has no way to say it. */
  encode(signal: Signal, to: PartyId): readonly ClientOutput[] | undefined;
  /** What goes with that party, where calls of one connection differ: an SFU takes offers for what we send only. */
  capabilities?(to: PartyId, pc: PcId): Capabilities;
  /**
   * Asks the other side for an offer, or for one that restarts ICE, where `capabilities` say that this is the way. `media`:
   * what we have added and have no section for yet.
   */
  ask?(
    what: 'offer' | 'restart-ice',
    to: PartyId,
    call: { readonly pc: PcId; readonly media: readonly MediaKind[] },
  ): readonly ClientOutput[] | undefined;
  /** The call is over, whatever the reason: its name is free again. */
  ended?(to: PartyId, pc: PcId): void;
  /** Says goodbye to the server, before the connection is closed. */
  leave?(): readonly ClientOutput[];
}

export interface Capabilities {
  /** False: candidates go with the description, which waits until they are gathered. */
  readonly trickle: boolean;
  /** Why there can be no second offer, where there can be none. */
  readonly renegotiation: true | { readonly why: string };
  /** Who offers: either side, only renego, or only the other side (renego may `ask`). Default: `both`. */
  readonly offers?: 'both' | 'us' | 'them';
  /** How an ICE restart is asked for: by an offer of ours, by asking the other side for one, or why not at all. */
  readonly restart: 'offer' | 'ask' | { readonly why: string };
  /** Renego gives way when offers cross: the protocol decides which one stays, and passes on no other. */
  readonly polite?: true;
  /** What flows in the sections of a call that we make, where it is one way only. */
  readonly direction?: 'sendonly' | 'recvonly';
  readonly bye: boolean;
  readonly endOfCandidates: boolean;
}

/** Where the WebSocket is opened, for protocols that add something to the address that renego was given. */
export interface Address {
  readonly url: string;
  readonly subprotocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProtocolExample {
  readonly frame: Frame;
  readonly signals: readonly Partial<Signal>[];
}

export interface Protocol {
  readonly name: string;
  readonly title: string;
  /**
   * What is opened first: a WebSocket, nothing, because the client begins with a request, or standard input and output,
   * whose lines people or pipes carry. Default: `websocket`.
   */
  readonly carrier?: 'websocket' | 'http' | 'lines';
  /** What a call is about unless the user says otherwise. Default: audio and data. */
  readonly media?: readonly MediaKind[];
  /** Settings of its own, given by `--param`: name and meaning. */
  readonly params?: Readonly<Record<string, string>>;
  /** WebSocket subprotocols to ask for. */
  readonly subprotocols: readonly string[];
  readonly capabilities: Capabilities;
  /** How the only other party is called, where nobody has a name on the wire. */
  readonly anonymous?: PartyId;
  /** Joins the room it is asked for. Without it, the address is all that tells one room from another. */
  readonly rooms?: true;
  /** Joins servers of many kinds. What only reads leaves them to the recogniser, which is as good at it. */
  readonly generic?: true;
  /** What renego was run against with it: names and versions. Without it, only the examples speak for it. */
  readonly tested?: string;
  /** Pure: the same options give the same address. */
  address?(options: ClientOptions): Address;
  /** How sure we are, 0 to 1, that this first frame from the server (or this URL) is ours. */
  detect(hint: { url?: string; subprotocol?: string; frame?: Frame }): number;
  /** Loads what start-up is not burdened with. To be awaited before `decoder` and `client` are called. */
  load?(): Promise<void>;
  /** The name that a client gives itself in the address it connects to, where that is the custom. */
  clientOf?(url: string): PartyId | undefined;
  decoder(link: { readonly client: PartyId; readonly server: PartyId }): Decoder;
  client(options: ClientOptions): Client;
  readonly examples: readonly ProtocolExample[];
}

export type { PartyId, PcId, Signal };
