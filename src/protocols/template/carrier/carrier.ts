/** What carries the messages of a template: how a frame becomes a value that a pattern can read, and back. */
import type { Frame } from '../../protocol.ts';

/** A WebSocket message; or an HTTP request. */
export type Payload = string | Uint8Array | HttpPayload;

export interface HttpPayload {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a frame turned out to hold. */
export type Carried =
  /** Messages may be sent from now on. `values` are variables that the carrier learned, such as `sid`. */
  | { readonly is: 'ready'; readonly label: string; readonly values?: Readonly<Record<string, unknown>> }
  | { readonly is: 'message'; readonly value: unknown /** It wants to be acknowledged. */; readonly ack?: number }
  | { readonly is: 'ack'; readonly id: number; readonly value: unknown }
  /** Only the carrier's own business: shown under this label, answered with `reply`. */
  | { readonly is: 'control'; readonly label: string; readonly reply?: readonly Payload[] }
  | { readonly is: 'refused'; readonly why: string }
  /** `woken` wants to be called again and again, every so many milliseconds, instead of what was wanted before. */
  | { readonly is: 'beat'; readonly every: number };

export interface CarrierOptions {
  /** What is sent while connecting: the `auth` of Socket.IO. */
  readonly auth?: unknown;
  /** Socket.IO namespace, Phoenix topic. */
  readonly namespace?: string;
  /** The version that was asked for. */
  readonly version?: number;
}

/** One connection. Remembers what the carrier needs: attachments to come, numbers of acknowledgements. */
export interface CarrierSession {
  /** Sent as soon as the connection is open. `ready`: messages may follow at once. */
  opened(): { readonly send: readonly Payload[]; readonly ready: boolean };
  /** Reads a frame of either direction. Never throws; what is no frame of the carrier gives a `control`. */
  read(payload: string | Uint8Array, frame: Frame): readonly Carried[];
  /** `ack`: the other side shall acknowledge under this number. */
  write(value: unknown, ack?: number): readonly Payload[];
  acknowledge?(id: number, value: unknown): readonly Payload[];
  /** Undefined: no more. */
  woken?(): readonly Payload[] | undefined;
  /** Says goodbye. */
  closing?(): readonly Payload[];
}

export interface Carrier {
  readonly name: string;
  /** `http`: each message is a request, and what comes back is a response. */
  readonly over: 'websocket' | 'http';
  /** Appended to an address without a path. */
  readonly path?: string;
  readonly query?: (options: CarrierOptions) => Readonly<Record<string, string>>;
  readonly subprotocols?: readonly string[];
  /** Takes `connect.namespace`. */
  readonly namespaces?: true;
  /** How sure we are, 0 to 1, that this address is one of its. */
  readonly at?: (url: string) => number;
  session(options: CarrierOptions): CarrierSession;
}
