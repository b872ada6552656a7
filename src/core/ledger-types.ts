/** What a session must keep for its whole life, as data: see ledger.ts. */
import type { HeaderExtension } from '../sdp/sdp.ts';
import type { PartyId } from './event.ts';

/** One m-line and what has stood there. The last tenant is the present one. */
export interface Slot {
  readonly index: number;
  readonly tenants: {
    readonly mid: string;
    readonly kind: string;
    readonly since: number;
    rejectedBy: number | undefined;
  }[];
}

export interface ExtensionEntry {
  readonly id: string;
  readonly uri: string;
  readonly since: number;
  readonly from: PartyId;
  readonly mid: string;
}

/** The header extensions of one section. */
export type ExtensionList = readonly HeaderExtension[];

export interface PayloadEntry {
  readonly payloadType: string;
  readonly codec: string;
  readonly identity: string;
  readonly since: number;
  readonly from: PartyId;
  readonly mid: string;
}

export interface Breach {
  readonly ledger: 'slot' | 'extmap' | 'payload' | 'dtls' | 'bundle';
  readonly seq: number;
  readonly sentence: string;
}

export interface Ledger {
  readonly slots: Slot[];
  /** By id: RFC 8285 allows no other meaning for the life of the session. */
  readonly extensions: Map<string, ExtensionEntry>;
  /** What answers left of them: the newest URI of each id, and by mid the newest list, kept when the section is rejected but not its transport. */
  readonly answeredExtensions: Map<string, string>;
  readonly extensionLists: Map<string, ExtensionList>;
  /** By section (mid), then payload type (RFC 3264 8.3.2). */
  readonly payloads: Map<string, Map<string, PayloadEntry>>;
  /** BUNDLE group of the last committed round; the tag first. */
  bundle: { readonly tag: string | undefined; readonly mids: readonly string[]; readonly since: number } | undefined;
  /** DTLS client by the last committed round, for the transport of this tag. */
  dtls:
    | { readonly client: PartyId; readonly server: PartyId; readonly tag: string; readonly since: number }
    | undefined;
  readonly breaches: Breach[];
}
