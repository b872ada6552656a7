/** A template as it is written: what `mine.yaml` holds, and what the built-in ones are. `read.ts` checks it. */
import type { Signal } from '../protocol.ts';

/** JSON in which `{{name}}` stands for what changes. */
export type Message = unknown;

export interface TemplateSource {
  readonly name?: string;
  readonly title?: string;
  readonly carrier: string;
  readonly connect?: {
    readonly url?: string;
    readonly path?: string;
    readonly query?: Readonly<Record<string, Message>>;
    readonly headers?: Readonly<Record<string, Message>>;
    readonly subprotocol?: string | readonly string[] | null;
    readonly auth?: Message;
    readonly namespace?: string;
    readonly version?: number;
  };
  readonly join?: readonly StepSource[];
  readonly leave?: Message;
  readonly self?: string;
  readonly peer?: string;
  readonly role?: string;
  readonly messages: Readonly<Record<string, Message>>;
  readonly replies?: readonly { readonly on: Message; readonly send: Message }[];
  readonly ack?: Message;
  readonly acked?: boolean;
  readonly errors?: readonly Message[];
  readonly keep?: readonly Message[];
  readonly keepalive?: { readonly every: string | number; readonly send: Message } | null;
  readonly restart?: string | { readonly request: Message };
  readonly renegotiation?: boolean | string;
  readonly params?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly examples?: readonly ExampleSource[];
  readonly tested?: string;
}

export type StepSource = { readonly send: Message; readonly ack?: Message } | { readonly expect: Message };

/** A message of either direction and what it means. Text is the frame as it is, anything else is written by the carrier. */
export type ExampleSource = {
  readonly signals: readonly Partial<Signal>[];
  /** HTTP only: the message is the body of a response with this status. */
  readonly status?: number;
} & ({ readonly in: Message } | { readonly out: Message });
