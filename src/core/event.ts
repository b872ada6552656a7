/**
 * What happened, as plain data. A live session, a recording and an imported file are the same stream of these;
 * everything else in renego is derived from it.
 */

/** Milliseconds since the session's start, monotonic. */
export type Millis = number;
/** A ladder lane: `app`, `server`, `alice`. */
export type PartyId = string;
/** One pair of RTCPeerConnections, as far as the observer can tell them apart. The same id on both sides. */
export type PcId = string;

/** Given out by the log only. `from` equals `to` for what happens inside one party. */
export interface Stamp {
  readonly seq: number;
  readonly t: Millis;
  readonly from: PartyId;
  readonly to: PartyId;
  /** Which connection carried it, when there are several. */
  readonly link?: string;
}

export type DescriptionType = 'offer' | 'answer' | 'pranswer';

/** What one frame means; a frame may mean several things. */
export type Signal =
  | DescriptionSignal
  | { readonly type: 'rollback'; readonly pc: PcId }
  | CandidateSignal
  | { readonly type: 'end-of-candidates'; readonly pc: PcId; readonly mid?: string; readonly ufrag?: string }
  | {
      readonly type: 'request' | 'response' | 'notify';
      readonly method: string;
      /** Whose peer connections it is about, where the protocol tells. */
      readonly pc?: PcId;
      readonly id?: string;
      readonly ok?: boolean;
      /** HTTP and SIP. */
      readonly status?: number;
      /** HTTP only: names in lower case; absent if the capture does not have them. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'presence'; readonly who: PartyId; readonly change: 'join' | 'leave' }
  | { readonly type: 'bye'; readonly pc: PcId }
  | {
      readonly type: 'other';
      readonly label: string;
      /** The kind of signal that a frame carries, where that is told by an event of its own: of `pc`, as `of`. */
      readonly carries?: string;
      readonly pc?: PcId;
      readonly of?: number;
    };

export interface DescriptionSignal {
  readonly type: DescriptionType;
  readonly pc: PcId;
  readonly sdp: string;
  readonly id?: string;
  /** Nothing beside the SDP says its type: how sure it is, 0.5 (a guess) to 1, and what it was decided by. */
  readonly assumed?: { readonly sure: number; readonly because: string };
  /** The name of the message that says the opposite of what it is. */
  readonly mislabelled?: string;
  /** What createOffer or createAnswer had made, where that is known and something else was set. */
  readonly created?: string;
}

export interface CandidateSignal {
  readonly type: 'candidate';
  readonly pc: PcId;
  /** The candidate line as sent. */
  readonly candidate: string;
  readonly mid?: string;
  readonly mLine?: number;
  readonly ufrag?: string;
}

/** How HTTP carried a message: by the request of an exchange, or by its response. */
export interface HttpCarriage {
  readonly method: string;
  /** Absolute, that of the request. */
  readonly url: string;
  /** Of a response. */
  readonly status?: number;
  /** The same in a request and its response; one exchange may carry several messages each way. */
  readonly exchange: string;
  /** Those that tell, names in lower case, where no signal of the message has them. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A DOMException, or what an engine threw instead of one. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export type StateOf = 'signaling' | 'gathering' | 'ice' | 'dtls' | 'connection' | 'data' | 'media';

export type EventBody =
  | {
      readonly kind: 'link';
      readonly change: 'connecting' | 'open' | 'close' | 'error' | 'retry';
      readonly url?: string;
      readonly code?: number;
      readonly reason?: string;
      /** For `retry`: milliseconds until the next attempt. */
      readonly delay?: number;
    }
  | {
      readonly kind: 'message';
      /** From the client of its connection to the server, or to the client; absent where nobody knows. */
      readonly dir?: 'c2s' | 's2c';
      /** `mdn`, `transcript`, … */
      readonly protocol: string;
      /** `base64` when the frame was binary. */
      readonly encoding: 'text' | 'base64';
      /** The frame verbatim. */
      readonly raw: string;
      readonly signals: readonly Signal[];
      /** Absent for a WebSocket message, and where a capture does not tell. */
      readonly http?: HttpCarriage;
    }
  | {
      /** What an RTCPeerConnection did with a description or candidate. */
      readonly kind: 'apply';
      readonly pc: PcId;
      readonly op: 'local' | 'remote' | 'candidate';
      /** `offer`, `answer`, `pranswer`, `rollback`; absent for a candidate. */
      readonly type?: string;
      readonly ok: boolean;
      readonly error?: Failure;
      /** The event whose content was applied, when known. */
      readonly of?: number;
    }
  | { readonly kind: 'state'; readonly pc: PcId; readonly of: StateOf; readonly value: string }
  | {
      /** An API call or event of a peer connection: `createOffer`, `negotiationneeded`, … */
      readonly kind: 'call';
      readonly pc: PcId;
      readonly name: string;
      readonly args?: unknown;
      readonly ok?: boolean;
      readonly error?: Failure;
    }
  | { readonly kind: 'action'; readonly action: Action }
  /** A note; `of` is the event it is about, if it is about one. */
  | { readonly kind: 'mark'; readonly text: string; readonly of?: number }
  | {
      /** What renego could not do or did not understand. */
      readonly kind: 'problem';
      readonly code: string;
      readonly detail: string;
      /** The event it is about. */
      readonly of?: number;
      /** The line of a recording that could not be read. */
      readonly raw?: string;
    }
  | {
      /** A line of a recording whose `kind` this version does not know: kept, shown as such. */
      readonly kind: 'other';
      readonly label: string;
      readonly raw: string;
    };

export type EventKind = EventBody['kind'];
export type SignalEvent = Stamp & EventBody;
/** What one party said to another. */
export type MessageEvent = Extract<SignalEvent, { kind: 'message' }>;

/** An event before the log stamps it. `t` is given by importers only; live sources leave it to the log's clock. */
export type Draft = Omit<Stamp, 'seq' | 't'> & { readonly t?: Millis } & EventBody;

export type MediaKind = 'audio' | 'video' | 'data';

/** What renego was told to do, by a key, `--do` or a script. Logged before it runs. */
export type Action = PeerAction | Interception;

/** What a proxy does to what passes. `of` is the event of the message; `by` is the rule or the reason, if no key did it. */
export type Interception =
  /** From now on, or only the next one; `off` lets everything go and holds nothing any more. */
  | { readonly do: 'hold'; readonly match: string; readonly once?: true; readonly off?: true }
  | { readonly do: 'let-go' | 'drop' | 'duplicate'; readonly of?: number; readonly by?: string }
  /** `text` replaces the description or candidate in the frame, or the frame itself. */
  | {
      readonly do: 'edit';
      readonly of?: number;
      readonly by?: string;
      readonly text?: string;
      readonly as?: 'signal' | 'frame';
    }
  /** By milliseconds; `reorder` lets those behind it pass. */
  | { readonly do: 'delay' | 'reorder'; readonly time: number; readonly of?: number; readonly by?: string }
  | { readonly do: 'inject'; readonly to: 'client' | 'server'; readonly link?: string; readonly raw: string };

export type PeerAction =
  | { readonly do: 'call'; readonly to?: PartyId }
  /** `pc`, here and below: of several connections in a browser's pages this one; else the newest. */
  | { readonly do: 'restart-ice'; readonly how?: 'restartIce' | 'createOffer'; readonly pc?: PcId }
  | { readonly do: 'offer' }
  | {
      readonly do: 'add';
      readonly media: MediaKind;
      readonly direction?: string;
      readonly codecs?: readonly string[];
      readonly mid?: string;
    }
  /** Codecs by name, the preferred first; of one section, or of all of that kind. */
  | {
      readonly do: 'prefer';
      readonly media: 'audio' | 'video';
      readonly codecs: readonly string[];
      readonly mid?: string;
    }
  | { readonly do: 'stop'; readonly mid?: string }
  | { readonly do: 'direction'; readonly mid?: string; readonly direction?: string }
  | { readonly do: 'rollback' }
  | { readonly do: 'hangup'; readonly pc?: PcId }
  | { readonly do: 'stats'; readonly pc?: PcId }
  /** An RTCConfiguration for a page's connection. */
  | { readonly do: 'set-configuration'; readonly configuration: unknown; readonly pc?: PcId }
  | { readonly do: 'send'; readonly raw: string }
  /** The next message of a replay that goes step by step. */
  | { readonly do: 'step' }
  | { readonly do: 'mark'; readonly text: string };

/** How the first line of a recording describes it. */
export interface SessionHeader {
  readonly format: 1;
  readonly tool: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** `peer`, `proxy`, `import:transcript`, … */
  readonly source: string;
  readonly url?: string;
  readonly parties: readonly PartyId[];
  readonly redacted: readonly string[];
}

/** A stable id for the pair of peer connections of two parties, the same whichever of them speaks. */
export function pairId(a: PartyId, b: PartyId): PcId {
  return a < b ? `${a}+${b}` : `${b}+${a}`;
}

const INTERCEPTIONS: ReadonlySet<string> = new Set([
  ...['hold', 'let-go', 'drop', 'duplicate', 'edit', 'delay', 'reorder', 'inject'],
]);

export function isInterception(action: Action): action is Interception {
  return INTERCEPTIONS.has(action.do);
}
