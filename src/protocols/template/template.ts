/** What a template says, checked: how to connect, join, and say each thing. */
import type { ProtocolExample } from '../protocol.ts';
import type { Carrier } from './carrier/carrier.ts';
import type { Pattern } from './pattern.ts';

/**
 * What a message may mean, in the order in which they are tried. `reoffer` and `reanswer`: where the second round of a call
 * is said in other words than the first.
 */
export const KINDS = [
  'eoc',
  'offer',
  'reoffer',
  'answer',
  'reanswer',
  'candidate',
  'bye',
  'request',
  'restart',
  'peers',
  'joined',
  'left',
] as const;
export type Kind = (typeof KINDS)[number];

/** The two directions may differ: the server adds the sender, or calls the message something else. */
export interface Way {
  readonly send?: Pattern;
  readonly recv?: Pattern;
}

/** One step of joining, in order. */
export type Step =
  /** `ack`: what the acknowledgement holds, for carriers that have some. The step is done when it came. */
  | { readonly do: 'send'; readonly pattern: Pattern; readonly ack?: Pattern }
  | { readonly do: 'expect'; readonly pattern: Pattern };

/** What has to be said in answer to something that is no negotiation: pings, acknowledgements. */
export interface Reply {
  readonly on: Pattern;
  readonly send: Pattern;
}

/**
 * Who offers when somebody joins: the newcomer, those who were there, who has the lowest or highest id; only ever renego, only
 * ever the other side; the other side, which may also ask renego to; anyone.
 */
export const ROLES = ['newcomer', 'resident', 'lowest', 'highest', 'us', 'them', 'callee', 'anyone'] as const;
export type Role = (typeof ROLES)[number];

export interface Connect {
  /** The address, with `{{url}}` for the one that renego was given. */
  readonly url?: Pattern;
  /** Appended to an address that has no path. */
  readonly path?: Pattern;
  readonly query?: Pattern;
  readonly headers?: Pattern;
  readonly subprotocols?: readonly string[];
  readonly auth?: Pattern;
  readonly namespace?: Pattern;
  /** Of the carrier: 3 or 4 for Engine.IO. */
  readonly version?: number;
}

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly carrier: Carrier;
  readonly connect: Connect;
  readonly join: readonly Step[];
  /** Said before the connection is closed. */
  readonly leave: readonly Pattern[];
  /** How renego is called in messages, where that is not the name it joined under: `{{sid}}`. */
  readonly self?: Pattern;
  /** The name of the only other party, where nobody has one on the wire. */
  readonly peer?: string;
  readonly role: Role;
  readonly messages: Readonly<Partial<Record<Kind, Way>>>;
  readonly replies: readonly Reply[];
  /** What every event that wants to be acknowledged is acknowledged with. */
  readonly ack?: Pattern;
  /** Every message asks to be acknowledged: some servers ignore what does not. */
  readonly acked: boolean;
  /** `{{why}}` says what is wrong. While joining it is a refusal. */
  readonly errors: readonly Pattern[];
  /** What is only remembered: the values of a message that means nothing by itself. */
  readonly keep: readonly Pattern[];
  readonly keepalive?: { readonly every: number; readonly send: Pattern };
  readonly restart: 'offer' | 'ask' | { readonly why: string };
  readonly renegotiation: true | { readonly why: string };
  /** Settings of its own, given by `--param`: name and meaning. */
  readonly params: Readonly<Record<string, string>>;
  /** Values of variables that nothing else gives. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly examples: readonly ProtocolExample[];
  readonly tested?: string;
}

/** Variables that renego gives or understands; all others are kept from one message to the next. */
export const KNOWN: Readonly<Record<string, string>> = {
  sdp: 'the text of the description',
  desc: 'the description as {type, sdp}',
  ice: 'the candidate as RTCIceCandidateInit',
  candidate: 'the candidate line',
  mid: 'sdpMid of the candidate',
  index: 'sdpMLineIndex of the candidate',
  ufrag: 'usernameFragment of the candidate',
  peer: 'the other side, in both directions',
  from: 'who sends the message',
  to: 'whom the message is for',
  self: 'how renego is called',
  as: 'the name of --as',
  room: 'the room of --room',
  url: 'the address renego was given',
  peers: 'a list of who is there',
  offerer: 'whether it is renego that offers',
  why: 'what is wrong',
  call: 'an identifier of the call: that of the other side, or a fresh one',
  sid: 'the id of the connection, of carriers that have one',
  now: 'milliseconds since 1970 at the start',
  txn: 'a fresh identifier',
  uuid: 'a fresh UUID',
  seq: '1, 2, 3, …',
};
